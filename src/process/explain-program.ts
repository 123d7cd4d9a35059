import { accessSync, closeSync, constants, lstatSync, readlinkSync, readSync, statSync, type Stats } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { codeOf } from './spawn-error.ts'
import type { Spawn } from './spawn.ts'
import { openRegularFile } from './read-regular-file.ts'

/** Why nothing can run in a directory; undefined when it is not to blame. */
export function explainWorkingDirectory(cwd: string): string | undefined {
  const name = `the working directory ${JSON.stringify(cwd)}`
  try {
    if (!statSync(cwd).isDirectory()) return `${name} is not a directory`
    accessSync(cwd, constants.X_OK)
    return undefined
  } catch (error) {
    return codeOf(error) === 'EACCES' ? `${name} may not be entered` : `${name} does not exist`
  }
}

/** What is missing of a program that the system would not run, from the program itself: it may be there, and its interpreter not. */
export function explainProgram(code: string, { argv, env, cwd }: Spawn): string {
  const named = argv[0] ?? ''
  const name = JSON.stringify(named)
  if (named === '') return 'the name of the program is empty'
  const file = locate(named, env['PATH'] ?? '', cwd)
  if (file === undefined)
    return named.includes('/') ? `the program ${name} was not found` : `the program ${name} was not found on the PATH`
  try {
    const stats = statSync(file)
    if (stats.isDirectory()) return `${name} is a directory, not a program`
    if (code === 'ELOOP') return `the program ${name} is a symbolic link that leads back to itself`
    if (!isMarkedExecutable(stats))
      return `the program ${name} is not executable; \`chmod +x\` makes it so (for git: \`git update-index --chmod=+x\`)`
    return explainHead(code, name, readHead(file), cwd)
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && isLink(file))
      return `the program ${name} is a symbolic link to ${JSON.stringify(readlinkSync(file))}, which does not exist`
    if (codeOf(error) === 'ELOOP') return `the program ${name} is a symbolic link that leads back to itself`
    return refused(code, name)
  }
}

/** What a name stands for, be it executable or not; undefined when nothing has it. */
function locate(program: string, path: string, cwd: string): string | undefined {
  const places = program.includes('/') ? [cwd] : path.split(delimiter).filter((folder) => folder !== '')
  const candidates = places.map((place) => (program.includes('/') ? resolve(place, program) : join(place, program)))
  return candidates.find((candidate) => lstatOf(candidate) !== undefined)
}

function lstatOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}

function isLink(path: string): boolean {
  return lstatOf(path)?.isSymbolicLink() === true
}

function isMarkedExecutable({ mode }: Stats): boolean {
  return (mode & 0o111) !== 0
}

function readHead(file: string): string {
  const bytes = Buffer.alloc(4096)
  const fd = openRegularFile(file)
  try {
    return bytes.toString('latin1', 0, readSync(fd, bytes, 0, bytes.length, 0))
  } finally {
    closeSync(fd)
  }
}

function explainHead(code: string, name: string, head: string, cwd: string): string {
  const [, interpreter, rest = ''] = /^#![ \t]*([^\s]+)([^\n]*)/.exec(head) ?? []
  if (interpreter !== undefined) return explainInterpreter(code, name, { interpreter, rest }, cwd)
  if (head.startsWith('\u007FELF')) {
    const loader = /\/[\w./-]*\/ld[\w.-]*\.so[\w.]*/.exec(head)?.[0]
    if (code === 'ENOENT' && loader !== undefined && lstatOf(loader) === undefined)
      return `the program ${name} is there, but its loader ${JSON.stringify(loader)} is missing: it was built for another system`
    if (code === 'ENOEXEC' || code === 'ENOENT') return `the program ${name} was built for another system or processor`
  }
  if (code === 'ENOEXEC')
    return `the program ${name} is neither a binary of this system nor a script that names its interpreter (\`#!\`)`
  return refused(code, name)
}

function explainInterpreter(
  code: string,
  name: string,
  { interpreter, rest }: { readonly interpreter: string; readonly rest: string },
  cwd: string,
): string {
  const path = JSON.stringify(interpreter)
  const where = `the interpreter ${path} that the first line of ${name} names`
  const stats = lstatOf(resolve(cwd, interpreter))
  if (rest.startsWith('\r') && code === 'ENOENT')
    return `the script ${name} has Windows line ends: its interpreter would be ${JSON.stringify(`${interpreter}\r`)}; save it with LF line ends (\`* text eol=lf\` in .gitattributes)`
  if (stats === undefined) return `${where} is missing; install it, or correct the line (\`#!${interpreter}\`)`
  if (stats.isDirectory()) return `${where} is a directory`
  if (code === 'EACCES' && !isMarkedExecutable(statSync(resolve(cwd, interpreter)))) return `${where} is not executable`
  return code === 'ENOENT' ? `${where}, or what that needs in turn, is missing` : refused(code, name)
}

function refused(code: string, name: string): string {
  return `the program ${name} is there, but the system does not let it be executed (${code}): look at the permissions of its folders and whether its file system is mounted \`noexec\``
}
