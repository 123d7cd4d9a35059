import { existsSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { makeClaim, type Claim } from '../process/claim.ts'
import { claimFile, temporaryPrefix } from './leftovers.ts'
import { createOutputFiles } from './output-files.ts'
import { removeTree, removeTreeSync } from '../process/remove-tree.ts'

/**
 * The temporary directories of a run, outside the run directory: transcripts of agents hold prompts and are not uploaded.
 * Nothing is made before it is needed: plain commands share one temporary directory and have no home of their own.
 */
export interface TemporaryPlaces {
  /** Shared by all plain commands. */
  shared(): string
  /** Where worktrees are made; the directory itself is not. */
  worktrees(): string
  /** Path of the output file of the nth attempt; undefined where none was made. */
  outputFile(attempt: number): string | undefined
  /** Makes that file, empty (see `OutputFiles`). */
  makeOutputFile(attempt: number): string
  /** The nth attempt's own home and temporary directory, made when first read. */
  own(attempt: number, userHome: string | undefined): OwnPlaces
  /** Removes what the nth attempt had; never rejects. */
  discard(attempt: number): Promise<void>
  /** What the fork server locks for us, so that nobody takes all this for left behind. */
  claim(): number | undefined
  /** Removes everything; never rejects. */
  remove(): Promise<void>
}

/**
 * Temporary places below `parent`, in a directory that only we can read and whose name says whose it is (see `removeLeftovers`).
 */
export function createTemporaryPlaces(parent: string, runId: string): TemporaryPlaces {
  let root: string | undefined
  let made: Claim | undefined
  const base = (): string => {
    if (root !== undefined) return root
    mkdirSync(parent, { recursive: true })
    root = mkdtempSync(join(parent, temporaryPrefix(runId)))
    made = makeClaim(join(root, claimFile))
    mkdirSync(join(root, 'tmp'))
    mkdirSync(join(root, 'out'))
    return root
  }
  const outputs = createOutputFiles(() => join(base(), 'out'))
  const outputFiles = new Map<number, string>()
  /** Attempts that have a directory. */
  const owned = new Set<number>()
  return {
    claim() {
      base()
      return made?.fd
    },
    shared: () => join(base(), 'tmp'),
    worktrees: () => join(base(), 'worktrees'),
    outputFile: (attempt) => outputFiles.get(attempt),
    makeOutputFile(attempt) {
      const path = outputs.make()
      outputFiles.set(attempt, path)
      return path
    },
    own(attempt, userHome) {
      const makeOwn = (name: string): string => {
        owned.add(attempt)
        return make(join(base(), String(attempt), name))
      }
      return new OwnPlaces(makeOwn, userHome)
    },
    async discard(attempt) {
      const path = outputFiles.get(attempt)
      if (path !== undefined) outputs.discard(path)
      outputFiles.delete(attempt)
      if (root !== undefined && owned.delete(attempt)) await removeTree(join(root, String(attempt)))
    },
    async remove() {
      const path = root
      if (path === undefined) return
      await outputs.settled()
      removeTreeSync(path)
      root = undefined
      made?.release()
    },
  }
}

/** An attempt's own home and temporary directory, made when first read. A class: getters of a literal cost V8 a hidden class for each object. */
class OwnPlaces {
  readonly #make: (name: string) => string
  readonly #userHome: string | undefined
  #home: string | undefined
  #temp: string | undefined

  constructor(makeOwn: (name: string) => string, userHome: string | undefined) {
    this.#make = makeOwn
    this.#userHome = userHome
  }

  get home(): string {
    this.#home ??= linkIdentity(this.#make('home'), this.#userHome)
    return this.#home
  }

  get temp(): string {
    this.#temp ??= this.#make('tmp')
    return this.#temp
  }
}

function make(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  return path
}

/** Who commits: the user's Git configuration is linked into an attempt's own home. */
function linkIdentity(home: string, userHome: string | undefined): string {
  if (userHome === undefined) return home
  const config = join(userHome, '.gitconfig')
  if (existsSync(config)) symlinkSync(config, join(home, '.gitconfig'))
  return home
}
