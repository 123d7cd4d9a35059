import { runProgram } from '../../process/run-program.ts'
import { ownerLabel } from './container-arguments.ts'
import type { Engine } from './engine.ts'

/** An engine that has run containers. */
export type UsedEngine = Pick<Engine, 'name' | 'path' | 'env'>

const askMs = 30_000

/** Removes containers with what runs in them; one that is not there is no error. False where the engine did not do it. */
export async function removeContainers(names: readonly string[], { name, path, env }: UsedEngine): Promise<boolean> {
  if (names.length === 0) return true
  const remove = ['rm', '--force', '--volumes', ...(name === 'podman' ? ['--ignore'] : []), ...names]
  const { code, stderr } = await runProgram([path, ...remove], { cwd: '/', env, timeoutMs: askMs })
  return code === 0 || /no such container/i.test(stderr)
}

/** Removes every container of an owner that there still is; false where the engine did not do it. */
export async function removeContainersOf(owner: string, engine: UsedEngine): Promise<boolean> {
  const list = ['ps', '--all', '--quiet', '--filter', `label=${ownerLabel}=${owner}`]
  const { code, stdout } = await runProgram([engine.path, ...list], { cwd: '/', env: engine.env, timeoutMs: askMs })
  return (
    code === 0 &&
    removeContainers(
      stdout.split('\n').filter((line) => /^[0-9a-f]+$/.test(line.trim())),
      engine,
    )
  )
}
