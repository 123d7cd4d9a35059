import { join } from 'node:path'

/*
 * Names of files are bytes. Between git and the file system they are strings of one character a byte (latin1), so that none is lost; people see
 * them as the UTF-8 that they nearly always are.
 */

/** A path from the root of a repository, with `/`, one character a byte. */
export type FileName = string

/** What people see. */
export function shown(name: FileName): string {
  return Buffer.from(name, 'latin1').toString('utf8')
}

/** A path of the orchestrator's own as a name. */
export function nameOf(path: string): FileName {
  return Buffer.from(path, 'utf8').toString('latin1')
}

/** What the file system takes. */
export function onDisk(folder: string, name: FileName): string | Buffer {
  if (process.platform === 'win32') return join(folder, shown(name))
  return Buffer.from(`${nameOf(folder)}/${name}`, 'latin1')
}

/** The parts of an answer of git with `-z`. */
export function splitNames(output: string): FileName[] {
  return output.split('\0').filter((part) => part !== '')
}
