import { plainLine } from '../../core/plain-text.ts'
import { createProgramFinder } from '../../process/find-program.ts'
import { runProgram } from '../../process/run-program.ts'

type Environment = Readonly<Record<string, string | undefined>>

const tryMs = 10_000

/** Whether a sandbox can be made here, by making one: the path of bubblewrap, or why not (a clause) and what would help. */
export async function findSandbox(
  environment: Environment,
): Promise<{ readonly path: string } | { readonly problem: string; readonly hint: string }> {
  if (process.platform !== 'linux')
    return { problem: `there are sandboxes on Linux only, not on ${process.platform}`, hint: 'use a `container`' }
  const find = createProgramFinder(undefined)
  const PATH = environment['PATH'] ?? ''
  const missing = ['bwrap', 'socat', 'rg', 'bash'].filter((program) => find(program, PATH) === undefined)
  const path = find('bwrap', PATH)
  if (missing.length > 0 || path === undefined)
    return {
      problem: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not on the PATH`,
      hint: 'install bubblewrap, socat and ripgrep (Debian and Ubuntu: apt-get install bubblewrap socat ripgrep)',
    }
  const spaces = ['--unshare-user', '--unshare-pid', '--unshare-net', '--die-with-parent']
  const mounts = ['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc']
  const tried = await runProgram([path, ...spaces, ...mounts, 'true'], { cwd: '/', env: { PATH }, timeoutMs: tryMs })
  if (tried.code === 0) return { path }
  const said = plainLine(tried.stderr.trim().split('\n').at(-1) ?? '').replace(/^bwrap: /, '')
  return {
    problem: `bubblewrap cannot make a sandbox here (${said || `exit ${tried.code}`})`,
    hint: 'user namespaces must be open: on Ubuntu 24.04 sysctl kernel.apparmor_restrict_unprivileged_userns=0, in a container of Docker --security-opt seccomp=unconfined --security-opt systempaths=unconfined; or use a `container`',
  }
}
