import { type ApplicationCommandDataResolvable, ApplicationCommandOptionType } from 'discord.js'
import type { Completion } from '../../chat/model.js'
import { CHAT, commandOf } from '../../chat/rows.js'

/** The slash commands, one a row of knowledge/chat.yaml. */
export function slashCommands(): ApplicationCommandDataResolvable[] {
  return CHAT.commands.map(({ name, about, word, complete, bare }) => ({
    name,
    description: about,
    options: word
      ? [
          {
            type: ApplicationCommandOptionType.String,
            name: word,
            description: about,
            required: bare === undefined,
            autocomplete: complete !== undefined,
          },
        ]
      : [],
  }))
}

/** Which names complete the words behind a command. */
export function completionOf(command: string): Completion | undefined {
  return commandOf(command)?.complete
}
