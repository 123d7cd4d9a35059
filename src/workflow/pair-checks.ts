import type { Document, YAMLMap } from 'yaml'
import { isSecret, type Migration, remark } from './migration.ts'
import { commentAboveKey, mapUnder, pairOf, put, textOf, textsIn } from './workflow-document.ts'

/**
 * Makes of a workflow on `pull_request_target` the one on `pull_request` that runs foreign code: without secrets, with a token that can only
 * read. `jobs` are those that it keeps.
 */
export function withoutPrivileges(migration: Migration, document: Document, jobs: YAMLMap | undefined): void {
  renameTrigger(document)
  withoutPermissions(migration, document, jobs)
  const root = document.contents as YAMLMap
  const levels = (jobs?.items ?? []).flatMap(
    (pair) => mapUnder(jobs as YAMLMap, textOf(pair.key) ?? '', document) ?? [],
  )
  for (const level of [root, ...levels]) withoutSecrets(migration, document, level)
}

/** `pull_request` in the place of `pull_request_target`, with what is said of it; other events belong to the workflow that stays. */
function renameTrigger(document: Document): void {
  const root = document.contents as YAMLMap
  const map = mapUnder(root, 'on', document)
  const pair = map === undefined ? undefined : pairOf(map, 'pull_request_target')
  if (map === undefined || pair === undefined) return put(root, 'on', { pull_request: null }, document)
  map.items = [pair]
  ;(pair.key as { value?: unknown }).value = 'pull_request'
}

/** A run of a fork gets no more than this whatever is asked for; a pull request of this repository then gets no more either. */
function withoutPermissions(migration: Migration, document: Document, jobs: YAMLMap | undefined): void {
  const root = document.contents as YAMLMap
  const top = (root.toJS(document) as { permissions?: unknown }).permissions
  put(root, 'permissions', { contents: 'read' }, document)
  if (top !== undefined) commentAboveKey(root, 'permissions', [`It had ${JSON.stringify(top)}.`])
  for (const pair of jobs?.items ?? []) {
    const job = mapUnder(jobs as YAMLMap, textOf(pair.key) ?? '', document)
    if (job?.has('permissions') !== true) continue
    const had = JSON.stringify((job.toJS(document) as { permissions?: unknown }).permissions)
    job.delete('permissions')
    remark(migration, job, `\`permissions: ${had}\` are left out here: what runs foreign code may only read`)
  }
}

/** Variables of a level that hold secrets: a pull request of this repository would get them. */
function withoutSecrets(migration: Migration, document: Document, level: YAMLMap): void {
  const env = mapUnder(level, 'env', document)
  for (const [name, value] of textsIn(env, document)) {
    if (!isSecret(value)) continue
    env?.delete(name)
    remark(migration, level, `the variable ${name} is left out of the workflow without secrets`)
  }
  if (env?.items.length === 0) level.delete('env')
}
