import { execFileSync } from 'node:child_process'
import { closeSync, constants, lstatSync, openSync, writeSync } from 'node:fs'
import { isRunning, ownIdentity, ownNamespace } from './identity.ts'
import { hasInterpreter, interpreter } from './interpreter.ts'
import { removeTreeSync } from './remove-tree.ts'
import { readRegularFile } from './read-regular-file.ts'

/** A file that stands for this process, and for as long as it lives. */
export interface Claim {
  /** Passed to the fork server, which locks it for us: the lock is that of the open file, and goes when we do. */
  readonly fd: number
  /** Removes the file. */
  release(): void
}

/** What a claim says once it is locked (see `forkServerScript`): only then does a lock that is free mean anything. */
const locked = 'locked'

/**
 * Makes a claim, or opens that which this process has made there. Who is in the same namespace of process ids knows by the
 * holder's identity whether it lives; a process id says nothing to another container, and the lock of flock(2) does.
 */
export function makeClaim(path: string): Claim {
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW, O_EXCL } = constants
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined
  const fd = openSync(path, O_RDWR | O_APPEND | O_NOFOLLOW | (isThere ? 0 : O_CREAT | O_EXCL), 0o644)
  try {
    if (!isThere) writeSync(fd, `${ownNamespace()}\n`)
  } catch (error) {
    // On a full disk: a claim that says nothing would be taken for that of one who lives elsewhere.
    closeSync(fd)
    removeTreeSync(path)
    throw error
  }
  let isOpen = true
  return {
    fd,
    release() {
      if (isOpen) closeSync(fd)
      isOpen = false
      // In a folder that cannot be written to any more it stays, as that of one who died does.
      removeTreeSync(path)
    },
  }
}

/**
 * Of claims, with the identities of their holders, those whose holder is dead. One from elsewhere that was never locked, or cannot be asked for
 * its lock here, has a holder that lives, as far as we know.
 */
export function findDead(claims: ReadonlyMap<string, string>): Set<string> {
  const dead = new Set<string>()
  const foreign: string[] = []
  for (const [path, identity] of claims) {
    const [where, state] = readClaim(path)
    if (where === '' ? isFromHere(identity) : where === ownNamespace()) {
      if (!isRunning(identity)) dead.add(path)
    } else if (state === locked) foreign.push(path)
  }
  for (const path of findUnlocked(foreign)) dead.add(path)
  return dead
}

/** Identities of earlier versions name no namespace. */
function isFromHere(identity: string): boolean {
  const namespace = identity.split('-')[2]
  return namespace === undefined || namespace === ownIdentity().split('-')[2]
}

/** Where the holder is and whether it has the lock; nothing of a claim of an earlier version, and of one that is gone. */
function readClaim(path: string): [where: string, state: string] {
  try {
    const [where = '', state = ''] = readRegularFile(path, { maxBytes: 4096, followLinks: false })
      .toString('utf8')
      .split('\n')
    return [where, state]
  } catch {
    return ['', '']
  }
}

/** Prints the numbers of the files whose lock can be had. */
const askScript = 'for (0..$#ARGV) { open my $f, "<", $ARGV[$_] or next; print "$_\\n" if flock $f, 5 }'

function findUnlocked(paths: readonly string[]): string[] {
  if (paths.length === 0 || !hasInterpreter()) return []
  try {
    const free = execFileSync(interpreter, ['-e', askScript, '--', ...paths], {
      encoding: 'utf8',
      env: {},
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
      killSignal: 'SIGKILL',
    })
    return free
      .split('\n')
      .slice(0, -1)
      .map((number) => paths[Number(number)] ?? '')
  } catch {
    return []
  }
}
