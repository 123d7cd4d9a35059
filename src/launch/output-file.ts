import { lstatSync } from 'node:fs'
import { messageOf } from '../core/message-of.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** The outputs a process wrote, and what in the file could not be understood. */
export interface OutputFile {
  readonly outputs: Readonly<Record<string, string>>
  readonly problem?: string
}

/** Most bytes read of an output file: GitHub's own limit for a job's outputs. */
const sizeLimit = 1_048_576

/** Most bytes of the output files of a run together: GitHub's own limit for a workflow run's. Events carry them, and the journal and our memory with them. */
const totalLimit = 50 * sizeLimit

/** The output files of a run, read one after the other. */
export type OutputReader = (path: string) => OutputFile

/** Reads output files until they are more than a run may have; from then on there are no outputs. */
export function createOutputReader(mostBytes: number = totalLimit): OutputReader {
  let bytes = 0
  return (path) => {
    const read = readOutputFile(path)
    const own = sizeOf(read.outputs)
    if (bytes + own > mostBytes)
      return {
        outputs: {},
        problem: `the outputs of this run would be more than ${mostBytes} bytes: pass long texts on in files`,
      }
    bytes += own
    return read
  }
}

function sizeOf(outputs: OutputFile['outputs']): number {
  let bytes = 0
  for (const [name, value] of Object.entries(outputs)) bytes += Buffer.byteLength(name) + Buffer.byteLength(value)
  return bytes
}

const nothing: OutputFile = { outputs: {} }

const tooLarge: OutputFile = { outputs: {}, problem: `it is larger than ${sizeLimit} bytes` }

/**
 * Reads what a process appended to `$ORCHESTRATOR_OUTPUT`; a file that was never made means no outputs. A link in its place is not followed: we may read
 * what a confined process may not.
 */
export function readOutputFile(path: string): OutputFile {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat === undefined || (stat.isFile() && stat.size === 0)) return nothing
    if (stat.isFile() && stat.size > sizeLimit) return tooLarge
    return parseOutputs(readRegularFile(path, { maxBytes: sizeLimit, followLinks: false }).toString('utf8'))
  } catch (error) {
    return { outputs: {}, problem: `it cannot be read: ${messageOf(error)}` }
  }
}

/**
 * Parses the syntax of GITHUB_OUTPUT: `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`. A later value replaces an earlier one.
 * Reading stops at the first line that is neither.
 */
export function parseOutputs(text: string): OutputFile {
  const outputs = new Map<string, string>()
  const result = (problem?: string): OutputFile => ({
    outputs: Object.fromEntries(outputs),
    ...(problem !== undefined && { problem }),
  })
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  if (lines.at(-1) === '') lines.pop()
  const bare = lines.map((line) => line.replace(/\r$/, ''))
  for (let index = 0; index < lines.length; index += 1) {
    const line = bare[index] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals > 0 && (heredoc === -1 || equals < heredoc)) {
      outputs.set(line.slice(0, equals), line.slice(equals + 1))
      continue
    }
    const delimiter = heredoc > 0 ? line.slice(heredoc + 2) : ''
    if (delimiter === '') return result(`line ${index + 1} is neither name=value nor name<<DELIMITER`)
    const end = bare.indexOf(delimiter, index + 1)
    if (end === -1) return result(`line ${index + 1}: no line that is just ${delimiter}`)
    const value = lines
      .slice(index + 1, end)
      .join('\n')
      .replace(/\r$/, '')
    outputs.set(line.slice(0, heredoc), value)
    index = end
  }
  return result()
}
