import { createControlGroup } from '../../src/process/control-group.ts'

const probe = createControlGroup(`probe-${process.pid}`, { memoryBytes: 1 << 30, cpus: 1 })
await probe?.remove()

/** Why tests of limits that control groups keep are skipped; false where such groups can be made. `npm run test:cgroup` lets none be skipped. */
export const noControllers =
  probe === undefined && 'needs a cgroup v2 parent of ours that passes memory and cpu on (scripts/run-in-vm.sh has one)'

if (noControllers !== false && process.env['CONTROL_GROUPS'] === 'required') throw new Error(noControllers)
