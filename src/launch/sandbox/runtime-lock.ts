import type { LockEntry } from '../../agents/install/lock-file.ts'

/** The version of the sandbox runtime that we drive: of those that run on Node.js 20, the newest. */
export const sandboxVersion = '0.0.78'

/** What npm is held to when it installs that: its packages with their integrity, made as `orchestrator runtimes lock` makes an entry. */
export const sandboxLock: LockEntry = {
  npm: '@anthropic-ai/sandbox-runtime',
  packages: {
    'node_modules/@anthropic-ai/sandbox-runtime': {
      version: sandboxVersion,
      integrity: 'sha512-YAIcybXTp7MZkBjasnkR1E3yxnf7u6kUkyW0vZrtsAZ9tyJGMaugWETmquPZs0YvW0sR0VnZeMfS0gsN/wQiVQ==',
      dependencies: {
        '@pondwader/socks5-server': '^1.0.10',
        commander: '^12.1.0',
        'node-forge': '^1.4.0',
        zod: '^3.25.0',
      },
      bin: { srt: 'dist/cli.js' },
      engines: { node: '>=20.11.0' },
    },
    'node_modules/@pondwader/socks5-server': {
      version: '1.0.10',
      integrity: 'sha512-bQY06wzzR8D2+vVCUoBsr5QS2U6UgPUQRmErNwtsuI6vLcyRKkafjkr3KxbtGFf9aBBIV2mcvlsKD1UYaIV+sg==',
    },
    'node_modules/commander': {
      version: '12.1.0',
      integrity: 'sha512-Vw8qHK3bZM9y/P10u3Vib8o/DdkvA2OtPtZvD871QKjy74Wj1WSKFILMPRPSdUSx5RFK1arlJzEtA4PkFgnbuA==',
    },
    'node_modules/node-forge': {
      version: '1.4.3',
      integrity: 'sha512-P6wzfh6t70avmV8FrVEAd/36sOPJQ+hkaJVX1Laap9J/77m7M0eyozDvc8SwnDf4P7MP94gwbAAo0rg3YVXT+g==',
    },
    'node_modules/zod': {
      version: '3.25.76',
      integrity: 'sha512-gzUt/qt81nXsFGKIFcC3YnfEAx5NkunCfnDlvuBSSFS02bcXu4Lmea0AFIUwbLWxWPx3d9p8S5QoaujKcNQxcQ==',
    },
  },
}
