/** Tasks of one key one after the other, of different keys side by side. A task that fails does not hold up the next. */
export interface Lanes {
  run: (key: string, task: () => Promise<void>) => void
  /** Resolves when nothing runs and nothing waits. */
  idle: () => Promise<void>
}

export function createLanes(onFault: (cause: unknown) => void): Lanes {
  const last = new Map<string, Promise<void>>()
  return {
    run(key, task) {
      const done = (last.get(key) ?? Promise.resolve()).then(task).catch(onFault)
      last.set(key, done)
      void done.then(() => last.get(key) === done && last.delete(key))
    },
    async idle() {
      while (last.size) await Promise.all(last.values())
    },
  }
}
