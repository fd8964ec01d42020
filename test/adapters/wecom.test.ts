import { createWecomFake } from '../fakes/wecom.js'
import { describeContract } from './contract.js'

describeContract('wecom', () => createWecomFake(), {
  skips: {
    'is silent when nobody speaks to it, and to other bots':
      'in groups nothing but mentions arrives, and of people only',
    'answers a message that was edited into another question by editing the reply': 'messages cannot be edited',
  },
  tolerated: {
    violation: /846608 the stream is finished/,
    reason:
      'after a cut line a stream is written once more under its id: refused where it was shown, shown where it was not',
  },
})
