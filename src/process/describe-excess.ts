import { basename } from 'node:path'
import type { Spawn } from './spawn.ts'

/** Most bytes of one argument or variable on Linux with pages of 4 KiB, its closing zero byte included (MAX_ARG_STRLEN). */
const stringLimit = 131_072

const remedy = 'pass long text in a file (`needs.<id>.stdout-file` names one) or on standard input'

interface Part {
  readonly name: string
  readonly bytes: number
}

/** Which argument or variable is too long for the system, or, where none is by itself, how long all are together and which is the longest. */
export function describeExcess(spawn: Spawn, platform: NodeJS.Platform = process.platform): string {
  const parts = [...argumentsOf(spawn), ...variablesOf(spawn)].toSorted((one, other) => other.bytes - one.bytes)
  const tooLong = platform === 'linux' ? parts.filter(({ bytes }) => bytes >= stringLimit) : []
  if (tooLong.length > 0) {
    const are = tooLong.length === 1 ? 'is' : 'are each'
    return `${listOf(tooLong)} ${are} too long: one argument or variable may have ${stringLimit - 1} bytes here; ${remedy}`
  }
  const total = parts.reduce((sum, { bytes }) => sum + bytes + 1, 0)
  const longest = parts[0] === undefined ? '' : `, the longest being ${listOf(parts.slice(0, 1))}`
  return `arguments and environment together are too long for this system: ${total} bytes in ${parts.length} strings${longest}; ${remedy}`
}

function listOf(parts: readonly Part[]): string {
  const shown = parts.slice(0, 3).map(({ name, bytes }) => `${name} (${bytes} bytes)`)
  return shown.join(', ') + (parts.length > 3 ? ` and ${parts.length - 3} more` : '')
}

/** An argument is named by its place, not by its text: that is long, and part of it may be a secret. */
function argumentsOf({ argv: [program = '', ...args] }: Spawn): Part[] {
  return [
    { name: 'the name of the program', bytes: Buffer.byteLength(program) },
    ...args.map((argument, index) => {
      const before = args[index - 1] ?? ''
      const after = /^--?[a-z][\w-]{0,40}$/i.test(before) ? `, after \`${before}\`` : ''
      return {
        name: `argument ${index + 1} of \`${basename(program).slice(0, 80)}\`${after}`,
        bytes: Buffer.byteLength(argument),
      }
    }),
  ]
}

function variablesOf({ env }: Spawn): Part[] {
  return Object.entries(env).map(([name, value]) => ({
    name: `the environment variable \`${name.slice(0, 80)}\``,
    bytes: Buffer.byteLength(name) + 1 + Buffer.byteLength(value),
  }))
}
