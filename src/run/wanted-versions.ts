import { messageOf } from '../core/message-of.ts'
import { definitionsOf, processesOf } from '../core/definitions.ts'
import type { Plan } from '../core/plan.ts'
import type { PackageStore } from '../core/package-store.ts'
import type { LauncherOptions } from '../launch/launcher-options.ts'

/** What sees to the exact versions that a plan wants, loaded where it wants any. */
export async function installerOf({
  plan,
  environment,
  readCommitted,
  packageStore: store,
}: {
  readonly plan: Plan
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly readCommitted?: (path: string) => Promise<string | undefined>
  readonly packageStore?: PackageStore
}): Promise<Pick<LauncherOptions, 'openInstaller'>> {
  const { versions = {} } = plan
  if (!usedRuntimes(plan).some((name) => Object.hasOwn(versions, name))) return {}
  const [{ createInstaller }, { lockPath }] = await Promise.all([
    import('../agents/install/installer.ts'),
    import('../agents/install/lock-file.ts'),
  ])
  // A lock that cannot be read is none that may be left out.
  const lock = await readCommitted?.(lockPath).catch((error: unknown) => ({ mistake: messageOf(error) }))
  return { openInstaller: (note) => createInstaller({ versions, lock, environment, note, store }) }
}

function usedRuntimes({ instances }: Plan): string[] {
  return [
    ...[...definitionsOf(instances)].map(({ definition }) => definition.runtime),
    ...processesOf(instances).flatMap(({ fallback }) => fallback.flatMap(({ runtime }) => runtime ?? [])),
  ]
}
