import { mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../core/message-of.ts'
import { answeredWithin, SilentServiceError } from './answered-within.ts'
import { readRegular } from './read-regular.ts'
import { unpackArtifact } from './unpack-artifact.ts'

/** An artifact of the workflow run that this job belongs to, unpacked. */
export interface FetchedArtifact {
  readonly name: string
  /** Absolute. */
  readonly directory: string
}

/** What of a workflow run's artifacts could be had. */
export interface FetchedArtifacts {
  readonly fetched: readonly FetchedArtifact[]
  /** Those that could not, and why, as clauses. */
  readonly failed: readonly { readonly name: string; readonly why: string }[]
}

/** Largest archive that is downloaded. */
const archiveLimit = 32 * 1024 * 1024
/** So many are under way at once. */
const atOnce = 8
/** The list of artifacts, one of them and an upload take so long at most; `mostMs` is for tests. */
const patienceMs = 60_000

/**
 * The artifacts of all jobs, and all attempts, of this workflow run whose names are wanted, each in a directory of its own below `root`. The service is asked with the
 * token that the runner gives every job: that needs no permission, and is no request to the API, of which a job has few. A service that was silent is not asked for
 * more. Throws where the artifacts cannot be listed.
 */
export async function fetchRunArtifacts(
  root: string,
  isWanted: (name: string) => boolean,
  mostMs = patienceMs,
): Promise<FetchedArtifacts> {
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const client = new DefaultArtifactClient()
  const { artifacts } = await answeredWithin(mostMs, () => client.listArtifacts())
  const listed = artifacts.filter(({ name }) => isWanted(name))
  const fetched: FetchedArtifact[] = []
  const failed: { readonly name: string; readonly why: string }[] = []
  const open = listed.values()
  let silent: SilentServiceError | undefined
  const work = async (): Promise<void> => {
    for (const { id, name, size, digest } of open) {
      const directory = join(root, String(id))
      try {
        if (silent !== undefined) throw silent
        if (size > archiveLimit)
          throw new Error(`it has ${size} bytes, more than the ${archiveLimit} that are downloaded`)
        const place = join(root, `archive-${id}`)
        mkdirSync(place, { recursive: true })
        const options = { path: place, skipDecompress: true, ...(digest !== undefined && { expectedHash: digest }) }
        const { digestMismatch } = await answeredWithin(mostMs, () => client.downloadArtifact(id, options))
        if (digestMismatch === true) throw new Error('it is not what was uploaded: its digest differs')
        const [file = ''] = readdirSync(place)
        const archive = readRegular(join(place, file))
        if (archive === undefined) throw new Error('nothing was downloaded')
        mkdirSync(directory)
        if (!unpackArtifact(archive, directory)) throw new Error('it is too large')
        fetched.push({ name, directory })
      } catch (error) {
        if (error instanceof SilentServiceError) silent = error
        failed.push({ name, why: messageOf(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, listed.length) }, work))
  return { fetched, failed: failed.toSorted((one, other) => (one.name < other.name ? -1 : 1)) }
}

/** Uploads one file as an artifact of this job. Throws where the service does not take it. */
export async function uploadFile(name: string, path: string): Promise<void> {
  const { DefaultArtifactClient } = await import('@actions/artifact')
  await answeredWithin(patienceMs, () => new DefaultArtifactClient().uploadArtifact(name, [path], dirname(path)))
}
