import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests of the command line start the program, which builds itself first where it has to.
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 120_000 },
})
