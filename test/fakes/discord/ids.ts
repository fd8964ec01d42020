/** The platform's ids: 64 bits, the upper 42 of them a time in milliseconds, always growing. */
export function createIds(): () => string {
  let last = 0n
  return () => {
    const now = BigInt(Date.now() - EPOCH) << 22n
    last = now > last ? now : last + 1n
    return String(last)
  }
}

/** Whether a text has the form of such an id. The official client takes ids of other lengths for parts of the route. */
export const isId = (text: string): boolean => /^\d{17,19}$/.test(text)

/** The start of the platform's time. */
const EPOCH = 1_420_070_400_000
