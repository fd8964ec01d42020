import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests of the command line start the program, which builds itself first where it has to.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Many tests wait for a line or a limit: more workers than cores, and files that share a worker share what they have loaded.
    maxWorkers: 4,
    isolate: false,
  },
})
