/** The bits of `intents` that this server knows. */
export const INTENT = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  directMessages: 1 << 12,
  messageContent: 1 << 15,
}

/** Those that have to be switched on in the developer portal first. */
export const PRIVILEGED = INTENT.guildMembers | INTENT.guildPresences | INTENT.messageContent

/** Every bit that means something; any other closes the connection with 4013. */
export const DEFINED = (1 << 17) - 1 + (1 << 20) + (1 << 21) + (1 << 24) + (1 << 25)
