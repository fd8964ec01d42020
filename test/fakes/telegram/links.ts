/** The address that a link leads to, or nothing where the platform takes it for none and drops the link. */
export function checkedLink(href: string): string | undefined {
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(href) ? href : `http://${href}`
  if (/\s/.test(href) || !URL.canParse(withScheme)) return undefined
  const { protocol, hostname, href: whole } = new URL(withScheme)
  if (['tg:', 'ton:', 'tonsite:', 'mailto:'].includes(protocol)) return withScheme
  const isWeb = protocol === 'http:' || protocol === 'https:'
  // A host of one word, such as localhost, is none.
  return isWeb && /.\../.test(hostname) ? whole : undefined
}

/** The person that the link mentions, where it does. */
export function userOfLink(href: string): number | undefined {
  const id = /^tg:(?:\/\/)?user\?id=(\d+)$/i.exec(href)?.[1]
  return id === undefined ? undefined : Number(id)
}
