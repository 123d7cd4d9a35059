const manifest = { name: 'app', version: '1.0.0', scripts: { test: 'echo all fine' } }
const lock = { name: 'app', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'app', version: '1.0.0' } } }

/** Files of a package without dependencies, whose tests pass. */
export const npmApp = { 'package.json': JSON.stringify(manifest), 'package-lock.json': JSON.stringify(lock) } as const
