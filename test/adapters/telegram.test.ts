import { createTelegramFake } from '../fakes/telegram.js'
import { describeContract } from './contract.js'

describeContract('telegram', () => createTelegramFake())
