import { parseJson } from '../core/parse-json.ts'
/** Shorter values would mask ordinary text. */
export const shortestSecret = 4
/** A line of a multi-line secret is masked on its own from this length. */
const shortestLine = 8
/** A string inside a JSON secret is masked on its own from this length, unless its name says that it is one. */
const shortestLeaf = 8
/** Encoded forms shorter than this are too likely to be something else. */
const shortestForm = 5

/** Names inside a JSON secret whose values are masked however short. */
const secretName = /pass|pwd|secret|token|key|credential|auth$|jwt|pin$/i
/** Names inside a JSON secret whose values every log may show: a place, a kind, an address. */
const harmlessName = /^(?:type|kind|version|format|.*region|.*zone|location|.*project(?:_?id)?|.*_?ur[il]|universe_domain|host(?:name)?|port|scheme|environment|encoding)$/i // prettier-ignore

/** Whether a value is long enough to be masked; the wiring warns about those that are not. */
export function isMaskable(secret: string): boolean {
  return secret.trim().length >= shortestSecret
}

/** What of a secret is one itself: the whole of it, its lines, the strings of a JSON one, the password of a URL. */
export function secretValues(secret: string): string[] {
  if (!isMaskable(secret)) return []
  const values = new Set([secret, secret.trim()])
  for (const line of secret.split(/\r?\n/)) if (line.trim().length >= shortestLine) values.add(line.trim())
  for (const leaf of jsonLeaves(secret)) values.add(leaf)
  for (const password of urlPasswords(secret)) values.add(password)
  return [...values]
}

/** The texts by which a secret may show up: its values, and each of them as base64 (at any alignment, both alphabets) and in hex. */
export function secretForms(secret: string): string[] {
  const forms = new Set<string>()
  for (const value of secretValues(secret)) {
    forms.add(value)
    for (const encoded of base64Forms(value)) forms.add(encoded)
    for (const encoded of hexForms(value)) forms.add(encoded)
  }
  return [...forms].filter((form) => form.length >= shortestSecret)
}

/** The passwords in a URL, as written and decoded; `user:password` too, which is what a header has in base64. */
export function urlPasswords(text: string): string[] {
  const found: string[] = []
  if (!text.includes('://')) return found
  for (const [, user = '', password = ''] of text.matchAll(/[a-z][a-z0-9+.-]*:\/\/([^\s/@:]*):([^\s/@]+)@/gi)) {
    const decoded = decode(password)
    found.push(password, decoded, `${decode(user)}:${decoded}`)
  }
  return found.filter((value) => isMaskable(value))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
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

function hexForms(value: string): string[] {
  const hex = Buffer.from(value).toString('hex')
  return [hex, hex.toUpperCase()]
}

function jsonLeaves(text: string): string[] {
  if (!/^\s*[{["]/.test(text)) return []
  const leaves: string[] = []
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (value.length >= (secretName.test(name) ? shortestSecret : shortestLeaf) && !harmlessName.test(name))
        leaves.push(value, ...value.split(/\r?\n/).filter((line) => line.length >= shortestLine))
    } else if (Array.isArray(value)) for (const inner of value) walk(inner, name)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, key)
  }
  try {
    walk(parseJson(text), '')
  } catch {
    return []
  }
  return leaves
}
