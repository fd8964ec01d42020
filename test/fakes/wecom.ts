import type { FakePlatform, Fault, Said } from './kit.js'
import { createBoard } from './wecom/board.js'
import { createChats } from './wecom/chats.js'
import { type Command, createCommands } from './wecom/commands.js'
import { isRefusal, type Outcome, refusal } from './wecom/errors.js'
import type { Frame } from './wecom/frames.js'
import { createLimiter } from './wecom/limits.js'
import { type LineHooks, openLine } from './wecom/line.js'
import { createPeople } from './wecom/people.js'
import { createStreams } from './wecom/streams.js'
import { createTargets } from './wecom/targets.js'
import { createUploads } from './wecom/uploads.js'

export interface WecomOptions {
  botId?: string
  secret?: string
  /** The name that people mention in groups. */
  botName?: string
  /** How long a stream can be written on after its first frame; six minutes; newer pages say ten. */
  streamLifeMs?: number
  /** Every frame of a stream counts against the limit of messages, and not the first alone. */
  countRefreshes?: boolean
  /** Stream and card in one message, and pictures in a stream, are taken; the platform's own pages contradict each other. */
  combined?: boolean
  /** Cards may be pushed to groups. */
  groupCards?: boolean
  /** A message can be answered on the connection only on which it came. */
  boundToConnection?: boolean
  /** How long a subscription takes: what a bot sends before it is answered, the platform refuses. */
  subscribeMs?: number
  /** The clock of limits and lifetimes, in milliseconds. */
  now?: () => number
}

export interface WecomFake extends FakePlatform {
  /** Whom the bot made ring, in the order in which it did: ids of persons, or `all`. */
  mentions: string[]
  /** Links in the bot's texts that can be clicked, as written: `[text](address)`. */
  links: string[]
  /** Somebody sends a picture, with the text beside it where there is one. */
  sendPicture: (said: Said) => Promise<string>
  /** Somebody opens the private chat for the first time today; `chat` is its id where that is not the person's. */
  enter: (user: string, chat?: string) => Promise<void>
  /** Somebody judges a message of the bot: 1 right, 2 wrong (with a remark), 3 neither any more. */
  feedback: (on: string, from: string, type: 1 | 2 | 3, content?: string) => Promise<void>
  /** It hears nothing there any more either. */
  remove: (chat: string) => void
  /** The next frame of an upload meets the fault; `inject` leaves uploads alone, as they show nobody anything. */
  injectUpload: (fault: Fault) => void
  /** The time of every stream that is open is over. */
  expireStreams: () => void
}

/** The smart robot service of WeCom over its long connection. */
export async function createWecomFake(options: WecomOptions = {}): Promise<WecomFake> {
  const { botId = 'aib-fake', secret = 'fake-secret', botName = 'RobotA' } = options
  const { now = () => performance.now(), streamLifeMs = 360_000, boundToConnection = false, subscribeMs = 0 } = options
  const violations: string[] = []
  const faults: Fault[] = []
  const uploadFaults: Fault[] = []
  const late = new Set<NodeJS.Timeout>()
  const board = createBoard()
  const chats = createChats()
  const limiter = createLimiter(now)
  const streams = createStreams(now, streamLifeMs)
  const uploads = createUploads(now)
  const note = (what: string) => void violations.push(what)
  const line = await openLine({ botId, secret, subscribeMs, violation: note, request })
  const targets = createTargets(now, () => (boundToConnection ? line.session() : 0))
  const { combined = true, groupCards = true, countRefreshes = true } = options
  const switches = { combined, groupCards, countRefreshes }
  const shown = createCommands({ board, chats, targets, streams, limiter, uploads, note, ...switches })
  const commands: Record<string, Command> = { ...shown, ...uploads.commands }
  const people = createPeople({ botId, botName, board, chats, targets, line })

  return {
    env: { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_WS_URL: line.url },
    say: (said) => people.say(said),
    sendPicture: (said) => people.say(said, true),
    press: people.press,
    repeat: people.repeat,
    enter: people.enter,
    feedback: people.feedback,
    seen: board.seen,
    mentions: board.mentions,
    links: board.links,
    remove: chats.remove,
    inject: (fault) => inject(fault, faults),
    injectUpload: (fault) => inject(fault, uploadFaults),
    connections: line.connections,
    violations,
    unlimited: limiter.off,
    expireStreams: streams.expire,
    stop: async () => {
      for (const timer of late) clearTimeout(timer)
      await line.stop()
    },
  }

  function inject(fault: Fault, waiting: Fault[]): void {
    if (fault.kind === 'replaced') line.displace()
    else if (fault.kind === 'disconnected') line.cut()
    else if (fault.kind === 'revoked') line.revoke()
    else if (fault.kind === 'refused' && !Number(fault.code))
      throw new Error(`${fault.code} is no code of the platform`)
    else waiting.push(fault)
  }

  function request(...[frame, socket, answer]: Parameters<LineHooks['request']>): void {
    const command = Object.hasOwn(commands, frame.cmd) ? commands[frame.cmd] : undefined
    if (command === undefined) {
      note(`${frame.cmd}: no such command`)
      answer(refusal(40058, `cmd ${frame.cmd}`))
      return
    }
    const fault = (frame.cmd in uploads.commands ? uploadFaults : faults).shift()
    if (fault?.kind === 'dropped') socket.terminate()
    else if (fault?.kind === 'rateLimited') answer(refusal(846607))
    else if (fault?.kind === 'refused') answer(refusal(Number(fault.code)))
    else if (fault?.kind === 'lostAck') run(command, frame)
    else if (fault?.kind === 'slow') answerLate(run(command, frame), fault.delayMs, answer)
    else if (fault?.kind === 'badGateway') {
      if (fault.accepted) run(command, frame)
      socket.close(1011)
    } else answer(run(command, frame))
  }

  function answerLate(outcome: Outcome, delayMs: number, answer: (outcome?: Outcome) => void): void {
    const timer = setTimeout(() => {
      late.delete(timer)
      answer(outcome)
    }, delayMs)
    late.add(timer)
  }

  function run(command: Command, frame: Frame): Outcome {
    const outcome = command(frame)
    if (isRefusal(outcome) && !outcome.arranged) note(`${frame.cmd}: ${outcome.code} ${outcome.why}`)
    return outcome
  }
}
