import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Task } from '../../core/task.ts'
import type { Spawn } from '../../process/spawn.ts'
import type { Agent, AttemptDirectory } from '../agent.ts'

/** Longest script handed over in the argv; Linux allows 128 KiB an argument. */
const inlineLimit = 65_536

/** Bash where no shell is named. As in Actions, only `shell: bash` asks for `pipefail`. */
const unnamedBash = 'bash -e'

/** How each shell of GitHub Actions is started, `{0}` being the script's file; the same flags as there. */
const fileShells: Readonly<Record<string, { readonly argv: readonly string[]; readonly extension: string }>> = {
  [unnamedBash]: { argv: ['bash', '-e', '{0}'], extension: '.sh' },
  bash: { argv: ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '{0}'], extension: '.sh' },
  sh: { argv: ['sh', '-e', '{0}'], extension: '.sh' },
  pwsh: { argv: ['pwsh', '-NoProfile', '-NonInteractive', '-Command', ". '{0}'"], extension: '.ps1' },
  powershell: { argv: ['powershell', '-NoProfile', '-NonInteractive', '-Command', ". '{0}'"], extension: '.ps1' },
  cmd: { argv: ['cmd', '/D', '/E:ON', '/V:OFF', '/S', '/C', 'CALL "{0}"'], extension: '.cmd' },
  python: { argv: ['python', '{0}'], extension: '.py' },
  node: { argv: ['node', '{0}'], extension: '.mjs' },
}

/** The shells that take a script as one argument of their argv, which saves the file and, in bash, a fork. */
const inlineShells: Readonly<Record<string, readonly string[]>> = {
  [unnamedBash]: ['bash', '-e', '-c'],
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c'],
  sh: ['sh', '-e', '-c'],
}

/** Runs scripts by a shell and argv lists by none. */
export const shell: Agent = {
  name: 'shell',
  kind: 'command',
  program: process.platform === 'win32' ? 'pwsh' : 'bash',
  versionArgs: ['--version'],
  providerEnv: [],
  supports: new Set(['args']),
  refusal: (task) =>
    task.action.kind === 'prompt' ? 'the shell runtime runs scripts and cannot take a prompt' : undefined,
  command: shellCommand,
  async parser(task, directory) {
    const { commandParser } = await import('./command-parser.ts')
    return commandParser(task, directory)
  },
}

function shellCommand(task: Task, directory: AttemptDirectory): Spawn {
  const place = { env: {}, cwd: directory.cwd }
  const { action } = task
  if (action.kind === 'argv') return { ...place, argv: [...action.argv, ...task.args] }
  const script = action.kind === 'script' ? action.script : action.prompt
  const name = (action.kind === 'script' && action.shell) || defaultShell(directory)
  const inline = inlineShells[name]
  if (inline !== undefined && script.length <= inlineLimit)
    return {
      ...place,
      argv: withPath(
        [...inline, script, ...(task.args.length > 0 ? [inline[0] ?? name, ...task.args] : [])],
        directory,
      ),
    }
  const { argv, extension } = fileShells[name] ?? { argv: customShell(name), extension: '' }
  // Python takes modules from beside its script, where only this attempt writes then.
  const isCareful = !directory.trust.tree && (argv[0] ?? '').startsWith('python')
  const file = join(isCareful ? directory.home : directory.temp, `script${extension}`)
  writeFileSync(file, script, { mode: 0o700 })
  return {
    ...place,
    ...(isCareful && { env: { PYTHONSAFEPATH: '1' } }),
    argv: withPath([...argv.map((part) => part.replaceAll('{0}', file)), ...task.args], directory),
  }
}

function defaultShell(directory: AttemptDirectory): string {
  if (process.platform === 'win32') return 'pwsh'
  return directory.find('bash') === undefined ? 'sh' : unnamedBash
}

/** A shell of the user's own, as in Actions: `perl {0}`. */
function customShell(template: string): string[] {
  const parts = template.split(/\s+/).filter((part) => part !== '')
  return parts.some((part) => part.includes('{0}')) ? parts : [...parts, '{0}']
}

/** An absolute program spares each start the search along the PATH. */
function withPath(argv: readonly string[], directory: AttemptDirectory): string[] {
  const [program = '', ...rest] = argv
  return [directory.find(program) ?? program, ...rest]
}
