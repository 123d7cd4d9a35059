import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The tools of busybox that tests call by name. */
const applets =
  'sh ls cat sleep id env touch ps grep kill mkdir rm echo test true false nc wget sed head tail wc sort pwd tr'

/** A podman with a store of its own, and an image in it that is made of this machine's busybox. */
export interface ContainerRig {
  readonly image: string
  /** Leads the engine to the store. */
  readonly env: Readonly<Record<string, string>>
  podman(...args: string[]): { readonly code: number | null; readonly out: string }
  [Symbol.dispose](): void
}

/** Why there can be no containers here, as a test says it that is skipped; `false` where there can. */
export function lacksContainers(): string | false {
  if (spawnSync('podman', ['--version']).status !== 0) return 'podman is not installed (Debian: podman runc catatonit)'
  if (spawnSync('runc', ['--version']).status !== 0) return 'runc is not installed'
  if (!existsSync('/bin/busybox')) return 'busybox is not installed (Debian: busybox-static)'
  using rig = openContainerRig()
  const { code, out } = rig.podman('run', '--rm', '--network', 'none', rig.image, 'true')
  return code === 0 ? false : `podman runs no container here: ${out.trim().split('\n').at(-1)}`
}

/** Makes it. Neither a registry nor systemd, overlays or limits of the session are needed. */
export function openContainerRig(): ContainerRig {
  const path = mkdtempSync(join(tmpdir(), 'containers-'))
  writeFileSync(
    join(path, 'containers.conf'),
    '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\nevents_logger = "none"\n',
  )
  writeFileSync(
    join(path, 'storage.conf'),
    `[storage]\ndriver = "vfs"\ngraphroot = "${path}/graph"\nrunroot = "${path}/run"\n`,
  )
  const env = {
    CONTAINERS_CONF: join(path, 'containers.conf'),
    CONTAINERS_STORAGE_CONF: join(path, 'storage.conf'),
  }
  const podman = (...args: string[]): { code: number | null; out: string } => {
    const { status, stdout, stderr } = spawnSync('podman', args, { env: { ...process.env, ...env }, encoding: 'utf8' })
    return { code: status, out: `${stdout}${stderr}` }
  }
  const root = join(path, 'rootfs')
  for (const folder of ['bin', 'tmp', 'etc', 'root', 'proc', 'sys', 'dev'])
    mkdirSync(join(root, folder), { recursive: true })
  copyFileSync('/bin/busybox', join(root, 'bin/busybox'))
  for (const applet of applets.split(' ')) symlinkSync('busybox', join(root, 'bin', applet))
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
  execFileSync('tar', ['-C', root, '-cf', join(path, 'image.tar'), '.'])
  const image = 'localhost/orchestrator-test:busybox'
  const imported = podman('import', join(path, 'image.tar'), image)
  if (imported.code !== 0) throw new Error(imported.out)
  return {
    image,
    env,
    podman,
    [Symbol.dispose]() {
      podman('rm', '--force', '--all')
      podman('rmi', '--force', '--all')
      rmSync(path, { recursive: true, force: true })
    },
  }
}
