import { createWecomFake } from '../fakes/wecom.js'
import { describeContract } from './contract.js'

describeContract('wecom', () => createWecomFake(), {
  'is silent when nobody speaks to it, and to other bots': 'in groups nothing but mentions arrives, and of people only',
  'answers a message that was edited into another question by editing the reply': 'messages cannot be edited',
})
