import { isAbsolute, join, resolve } from 'node:path'
import { isCredential } from '../agents/environment.ts'
import { definitionsOf } from '../core/definitions.ts'
import type { Plan } from '../core/plan.ts'
import { urlPasswords } from '../journal/secret-forms.ts'
import { readRegularFile } from '../process/read-regular-file.ts'
import { commonFolder, findGitFolder } from '../process/git-folder.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Values that must appear nowhere: of the plan's secrets, of what else in the environment is one, and of the checkout. */
export function secretValues(plan: Plan, environment: Environment, workspace: string): string[] {
  const definitions = [...definitionsOf(plan.instances)]
  const declared = definitions.flatMap(({ definition }) => definition.secrets)
  const values = declared.map((name) => environment[name] ?? '')
  // What an instance is given as a plain variable is none, whatever its name looks like.
  const plain = new Set(definitions.flatMap(({ definition }) => definition.envFrom ?? []))
  const others = Object.fromEntries(Object.entries(environment).filter(([name]) => !plain.has(name)))
  return [...new Set([...values, ...valuesToMask(others), ...checkoutCredentials(workspace)])].filter(
    (value) => value !== '',
  )
}

/** Variables whose values are secret: those of the plan's secrets, and what else looks like one. */
export function secretNames(plan: Plan, environment: Environment): string[] {
  const declared = [...definitionsOf(plan.instances)].flatMap(({ definition }) => definition.secrets)
  const others = Object.keys(environment).filter((name) => isCredential(name, environment[name] ?? ''))
  return [...new Set([...declared, ...others])]
}

/** Values of an environment that are secret although nobody said so: by their name, a password in a URL, or the headers they hold. */
export function valuesToMask(environment: Environment): string[] {
  return Object.entries(environment).flatMap(([name, value = '']) => {
    if (isHeaders(name)) return headerValues(value)
    const passwords = urlPasswords(value)
    if (passwords.length > 0) return passwords
    return isCredential(name, value) && !isOrdinary(value) ? [value] : []
  })
}

const isHeaders = (name: string): boolean => `_${name.toUpperCase()}`.endsWith('_HEADERS')

/** A switch, a number that is none, or where a file or folder is: no secret, whatever its name. */
function isOrdinary(value: string): boolean {
  return (
    /^(?:true|false|yes|no|on|off|none|null|always|never|auto|basic|bearer|\d{1,9})$/i.test(value) || isAbsolute(value)
  )
}

/** `Name: value` a line, or `name=value` between commas as OpenTelemetry has it; without `Bearer` and its like too. */
function headerValues(text: string): string[] {
  return text
    .split(/\r?\n|,(?=[^,=:\s]+[=:])/)
    .map((header) => header.replace(/^[^:=]*[:=]\s*/, '').trim())
    .flatMap((value) => [value, decoded(value), value.replace(/^(?:bearer|basic|token)\s+/i, '')])
    .filter((value) => !isOrdinary(value))
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** Longest configuration of Git that is looked through. */
const longestConfig = 1_048_576

/** What a checkout keeps to talk to its server: headers, and passwords in addresses, also in files that its configuration includes. */
function checkoutCredentials(workspace: string): string[] {
  try {
    const folder = findGitFolder(resolve(workspace))?.path
    if (folder === undefined) return []
    const shared = commonFolder(folder)
    return [...new Set([join(shared, 'config'), join(folder, 'config.worktree')])].flatMap((file) =>
      credentialsIn(file, 0),
    )
  } catch {
    return []
  }
}

function credentialsIn(file: string, depth: number): string[] {
  let text: string
  try {
    text = readRegularFile(file, { maxBytes: longestConfig }).toString('utf8')
  } catch {
    return []
  }
  const headers = [
    ...text.matchAll(/^\s*extraheader\s*=\s*"?[^:\n]*:\s*(?:(?:basic|bearer|token)\s+)?([^"\n]+)/gim),
  ].flatMap(([, value = '']) => [value.trim(), ...basicCredentials(value.trim())])
  const included = [...text.matchAll(/^\s*path\s*=\s*"?([^"\n]+)/gim)].map(([, path = '']) => path.trim())
  const further = depth > 3 ? [] : included.flatMap((path) => credentialsIn(resolve(file, '..', path), depth + 1))
  return [...headers, ...urlPasswords(text), ...further]
}

/** The password in what a `basic` header has. */
function basicCredentials(encoded: string): string[] {
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon === -1 || text.includes('\uFFFD') ? [] : [text.slice(colon + 1)]
}
