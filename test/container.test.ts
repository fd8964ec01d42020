import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../src/knowledge/read.js'

// No container engine is at hand where the tests run: the file is linted, and what it copies is held against what the program needs.
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
const lines = dockerfile.split('\n')

describe('Dockerfile', () => {
  it('has no fault that a linter finds', () => {
    expect(validate(dockerfile).map(({ range, message }) => `${range.start.line + 1}: ${message}`)).toEqual([])
  })

  it('starts from a slim image of a Node that the project supports', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } }
    const images = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? [])
    expect(engines.node).toBe('>=20.19')
    for (const image of images) expect(Number(/^node:(\d+)-slim$/.exec(image)?.[1])).toBeGreaterThanOrEqual(22)
  })

  it('does not run as root, says how it is, and keeps its state outside', () => {
    const last = lines.findLastIndex((line) => line.startsWith('FROM'))
    const stage = lines.slice(last).join('\n')
    expect(stage).toMatch(/^USER node$/m)
    expect(stage).toMatch(/^HEALTHCHECK [\s\S]*\/healthz/m)
    expect(stage).toMatch(/^VOLUME \/app\/data$/m)
    expect(stage.indexOf('USER node')).toBeLessThan(stage.indexOf('CMD ["node", "--max'))
  })

  it('leaves out what must not be in an image', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n')
    for (const kept of ['.env', '.git', 'data', 'node_modules']) expect(ignored).toContain(kept)
  })

  it('runs a program that needs nothing but what is installed for running', () => {
    expect(spawnSync(process.execPath, [join(ROOT, 'scripts', 'launch.mjs'), '--version']).status).toBe(0)
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const bundle = join(ROOT, 'dist', 'bundle')
    const wanted = readdirSync(bundle)
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [
        ...readFileSync(join(bundle, file), 'utf8').matchAll(/(?:from|import\(|require\()\s*["']([^."'][^"']*)["']/g),
      ])
      .map((match) => match[1]!)
      .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      )
    expect(wanted.length).toBeGreaterThan(5)
    expect([...new Set(wanted)].filter((name) => !dependencies[name])).toEqual([])
  })
})
