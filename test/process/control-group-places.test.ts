import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { parentGroups } from '../../src/process/control-group.ts'
import { noControllers } from './control-groups-here.ts'

const skip = process.getuid?.() === 0 ? noControllers : 'needs root'
const [parent = ''] = parentGroups(['memory', 'cpu'])
const place = join(parent, `places-${process.pid}`)
const user = 1000

/** Groups as systemd and container engines lay them out: whether the user owns one, and what it passes on. */
const layout: Record<string, { readonly isUsers?: true; readonly passesOn?: string }> = {
  '': { passesOn: '+memory +cpu' },
  'user.slice': { passesOn: '+memory +cpu' },
  'user.slice/session.scope': {},
  'user.slice/user@.service': { isUsers: true, passesOn: '+memory +cpu' },
  'user.slice/user@.service/app.slice': { isUsers: true, passesOn: '+memory' },
  'user.slice/user@.service/app.slice/run.scope': { isUsers: true },
  'delegated.service': { isUsers: true },
  'prepared.service': { isUsers: true, passesOn: '+memory +cpu' },
  'prepared.service/main': { isUsers: true },
  container: {},
}

/** Where an orchestrator that is started in a group may make groups that limit memory, and cores. */
function askIn(group: string, uid: number, ...wrapper: string[]): [memory: string[], cores: string[]] {
  const source = pathToFileURL(join(import.meta.dirname, '../../src/process/control-group.ts'))
  const script = `
    import { parentGroups } from '${source.href}'
    console.log(JSON.stringify(['memory', 'cpu'].map((controller) => parentGroups([controller]))))`
  const enter = 'echo 0 > "$0" && exec "$@"'
  const drop = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups']
  const ask = [...drop, process.execPath, '--input-type=module', '-e', script]
  const argv = ['-c', enter, join(place, group, 'cgroup.procs'), ...wrapper, ...ask]
  return JSON.parse(execFileSync('sh', argv, { encoding: 'utf8' })) as [string[], string[]]
}

const within = (group: string): string => join(place, group)
/** Runs a command in a new namespace that sees its own group as the root, as a container does. */
const inNamespace = (command: string): string[] => ['unshare', '-C', '-m', 'sh', '-c', `${command} && exec "$@"`, 'sh']
const mountOwn = 'umount /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup'

describe('control groups are made', { skip }, () => {
  before(() => {
    for (const [group, { isUsers, passesOn }] of Object.entries(layout)) {
      mkdirSync(within(group))
      if (passesOn !== undefined) writeFileSync(within(`${group}/cgroup.subtree_control`), passesOn)
      const files = ['', 'cgroup.procs', 'cgroup.subtree_control', 'cgroup.threads']
      if (isUsers) for (const file of files) chownSync(within(`${group}/${file}`), user, user)
    }
  })
  after(() => {
    for (const group of Object.keys(layout).toReversed()) rmdirSync(within(group))
  })

  it('in a user’s systemd session, with the controllers it passes on', () => {
    const service = within('user.slice/user@.service')
    const inScope = askIn('user.slice/user@.service/app.slice/run.scope', user)
    assert.deepEqual(inScope, [[join(service, 'app.slice'), service], [service]])
  })

  it('not from a login session, whose groups are root’s', () => {
    assert.deepEqual(askIn('user.slice/session.scope', user), [[], []])
  })

  it('in a delegated service that keeps its processes in a group below', () => {
    const service = within('prepared.service')
    assert.deepEqual(askIn('prepared.service/main', user), [[service], [service]])
    assert.deepEqual(askIn('delegated.service', user), [[], []])
  })

  it('by root in what is nearest', () => {
    const [memory, cores] = askIn('delegated.service', 0)
    assert.deepEqual([memory[0], cores[0]], [place, place])
  })

  it('in a container only where its processes have left its root group', () => {
    assert.deepEqual(askIn('container', 0, ...inNamespace(mountOwn)), [[], []])
    const leave = `${mountOwn} && cd /sys/fs/cgroup && mkdir init && echo 0 > init/cgroup.procs`
    const passOn = `${leave} && echo +memory +cpu > cgroup.subtree_control`
    assert.deepEqual(askIn('container', 0, ...inNamespace(passOn)), [['/sys/fs/cgroup'], ['/sys/fs/cgroup']])
    rmdirSync(within('container/init'))
  })

  it('not where the hierarchy is mounted read-only, or is not that of our namespace', () => {
    const readOnly = ['unshare', '-m', 'sh', '-c', 'mount -o remount,bind,ro /sys/fs/cgroup && exec "$@"', 'sh']
    assert.deepEqual(askIn('prepared.service/main', 0, ...readOnly), [[], []])
    assert.deepEqual(askIn('prepared.service/main', 0, 'unshare', '-C'), [[], []])
  })
})
