import { createDiscordFake } from '../fakes/discord.js'
import { describeContract } from './contract.js'

describeContract('discord', () => createDiscordFake({ groups: ['room'] }))
