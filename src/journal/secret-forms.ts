/** Shorter values would mask ordinary text. */
export const shortestSecret = 4
/** A line of a multi-line secret is masked on its own from this length. */
const shortestLine = 8
/** A string inside a JSON secret is masked on its own from this length. */
const shortestLeaf = 16
/** Encoded forms shorter than this are too likely to be something else. */
const shortestForm = 5

/** Whether a value is long enough to be masked; the wiring warns about those that are not. */
export function isMaskable(secret: string): boolean {
  return secret.trim().length >= shortestSecret
}

/**
 * The texts by which a secret may show up: itself, its lines, the long strings of a JSON one, and each of them as base64 (at any
 * alignment, both alphabets), URL-encoded and escaped for JSON, once and twice.
 */
export function secretForms(secret: string): string[] {
  if (!isMaskable(secret)) return []
  const values = new Set([secret, secret.trim()])
  for (const line of secret.split(/\r?\n/)) if (line.trim().length >= shortestLine) values.add(line.trim())
  for (const leaf of jsonLeaves(secret)) values.add(leaf)
  const forms = new Set<string>()
  for (const value of values) {
    forms.add(value)
    for (const encoded of base64Forms(value)) forms.add(encoded)
    for (const encoded of urlForms(value)) forms.add(encoded)
    const escaped = escapeJson(value)
    forms.add(escaped)
    forms.add(escapeJson(escaped))
  }
  return [...forms].filter((form) => form.length >= shortestSecret)
}

function escapeJson(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}

function urlForms(value: string): string[] {
  if (!value.isWellFormed()) return []
  const encoded = encodeURIComponent(value)
  const strict = encoded.replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return [encoded, strict].flatMap((form) => [
    form,
    form.replaceAll('%20', '+'),
    form.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
  ])
}

/** The characters of the base64 of any text that holds the value, as far as they do not depend on what is around it. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value)
  const forms: string[] = []
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const own = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    if (own.length >= shortestForm) forms.push(own, own.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return forms
}

function jsonLeaves(text: string): string[] {
  if (!/^\s*[{[]/.test(text)) return []
  const leaves: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= shortestLeaf) leaves.push(value)
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner)
  }
  try {
    walk(JSON.parse(text))
  } catch {
    return []
  }
  return leaves
}
