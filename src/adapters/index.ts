import { discord } from './discord/platform.js'
import type { Platform } from './platform.js'
import { telegram } from './telegram/platform.js'
import { wecom } from './wecom/platform.js'
import { wecomHook } from './wecom-hook/platform.js'

/** The chat platforms that can be set up, besides the terminal. */
export const PLATFORMS: Platform[] = [telegram, wecom, wecomHook, discord]
