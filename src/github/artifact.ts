import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { sessionsFolder } from '../core/session.ts'
import type { Reporter } from '../core/reporter.ts'
import type { ReportModel } from '../report/report-model.ts'

/** What to upload and under which name. */
export interface ArtifactOptions {
  /** The run directory, absolute. */
  readonly directory: string
  /** Undefined derives one from the job, its attempt and the run. */
  readonly name: string | undefined
  readonly job: string
  readonly runAttempt: string
  readonly retentionDays: number | undefined
  /** Makes the name, where others find it by that. */
  readonly nameOf?: (runId: string) => string
}

/**
 * Uploads the run directory. Its regular files alone: what agents keep in their own homes lies elsewhere, sessions that others take up are not
 * masked, and a link could point anywhere. Loads the Azure SDK on first use. The delivery's `detail` is the artifact's id.
 */
export function createArtifactReporter(options: ArtifactOptions): Reporter<ReportModel> {
  return {
    name: 'artifact',
    leastMs: 1500,
    async onEnd(state, signal) {
      const { DefaultArtifactClient } = await import('@actions/artifact')
      const client = new DefaultArtifactClient()
      const files = filesToUpload(options.directory)
      const upload = async (name: string): Promise<number | undefined> => {
        const retention = options.retentionDays === undefined ? {} : { retentionDays: options.retentionDays }
        return (await untilAborted(client.uploadArtifact(name, files, options.directory, retention), signal)).id
      }
      const runId = state.started?.runId ?? 'run'
      const name = options.nameOf?.(runId) ?? artifactName(options, runId)
      // Names are unique in a workflow run: cells of a matrix share theirs, and so do main and post of a step.
      const id = await upload(name).catch((error: unknown) => {
        if (!/\b409\b|already exists/i.test(String(error))) throw error
        return upload(`${name}-${runId}`)
      })
      return id === undefined ? {} : { detail: String(id) }
    },
  }
}

/** The name of a run's artifact: the user's, else one that no other job, attempt or step of the workflow run has. */
export function artifactName(options: Pick<ArtifactOptions, 'name' | 'job' | 'runAttempt'>, runId: string): string {
  const name = options.name ?? `orchestrator-${options.job}-${options.runAttempt}-${runId}`
  // Characters that GitHub does not take in the name of an artifact.
  return name.replaceAll(/[":<>|*?\r\n\\/]+/g, '-')
}

/** The regular files of a run directory but the sessions in it, absolute. */
export function filesToUpload(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(directory, path).startsWith(`${sessionsFolder}${sep}`))
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      const fail = (): void => reject(new Error('The artifact service did not answer in time.'))
      if (signal.aborted) fail()
      else signal.addEventListener('abort', fail, { once: true })
    }),
  ])
}
