import { openTerminal } from '../../src/adapters/terminal.js'
import { createTerminalFake } from '../fakes/terminal.js'
import { describeContract } from './contract.js'

const ONE_PERSON = 'one person sits at a terminal'
const NO_LINE = 'there is no line that could fail'
const NO_BUTTONS = 'there is nothing to press'

describeContract('terminal', async () => createTerminalFake(), {
  adapter: (fake) => openTerminal(fake.streams, ['您好']),
  skips: {
    'is silent when nobody speaks to it, and to other bots': ONE_PERSON,
    'goes on with what was said before a restart': 'nothing of a talk on the terminal is kept',
    'keeps the threads of two people in one group apart': ONE_PERSON,
    'answers each of many who ask at once, each person in order': ONE_PERSON,
    'tells who waits that they wait': ONE_PERSON,
    'refuses strangers politely, once': ONE_PERSON,
    'goes on from the message whose button is pressed, whoever presses it': NO_BUTTONS,
    'offers a next question that can be tapped, and answers it': NO_BUTTONS,
    'pages a long list instead of cutting it': NO_BUTTONS,
    'answers a message that was edited into another question by editing the reply': 'a line that was read is read',
    'checks what a quoted message claims': 'messages cannot be quoted',
    'answers a duplicated delivery once, also after a restart': NO_LINE,
    'does not send again what may have arrived': NO_LINE,
    'survives a bad gateway without sending twice': NO_LINE,
    'obeys a rate limit and sends in the end': NO_LINE,
    'comes back after a cut line': NO_LINE,
    'reports that another program took its place, and is not stopped by it': NO_LINE,
    'reports a token that is no longer good': NO_LINE,
    'lets what is under way finish when it is stopped': NO_LINE,
    'answers after a restart who waited for their turn when it was stopped': ONE_PERSON,
    'answers after a restart what one person had asked in a row': 'a line that was read is not read again',
    'sends what could not be sent while the line was down': NO_LINE,
  },
})
