import { z } from 'zod'
import { containerEngines } from '../core/confinement.ts'
import * as v from './schema-values.ts'

/** Where a process runs instead of on the machine itself. */
export const container = z
  .union([
    v.text,
    z.strictObject({
      image: v.text.describe('Image, by name or digest. The program to run must be in it, or in a volume.'),
      engine: z
        .enum(containerEngines)
        .optional()
        .describe('Engine that runs it; default: `podman` if it answers, otherwise `docker`.'),
      network: v.text
        .optional()
        .describe(
          "Its network: `none`, `host` or a network of the engine. Default: the engine's default; `host` for an agent whose key is kept by the orchestrator or whose model is simulated, because the servers for these listen on the loopback.",
        ),
      user: v.text
        .optional()
        .describe('User, by name or id, with or without a group; default: the user of the orchestrator.'),
      volumes: v.texts
        .optional()
        .describe(
          'Additional mounts, as `source:target` or `source:target:ro`; a relative source is below the root of the repository.',
        ),
      options: v.texts.optional().describe("Additional arguments for the engine's `run` command."),
    }),
  ])
  .optional()
  .meta({ mustBe: 'an image such as `node:24`, or a map such as `{ image: "node:24", network: none }`', perCell: true })
  .describe(
    'Container that it runs in. Its working tree and what the run gives it are mounted at the same paths as outside, the run directory read-only. It has only the environment that the file gives it.',
  )

/** A name with a dot, names below one, an address, or the loopback at one port. */
const host = z
  .string()
  .regex(/^(?:(?:\*\.)?[\w-]+(?:\.[\w-]+)+(?::\d+)?|localhost:\d+)$/)
  .meta({ mustBe: 'a host such as `api.example.com`, `*.example.com` or `localhost:5432`' })

/** What a process may touch of the machine. */
export const sandbox = z
  .union([
    z.boolean(),
    z.strictObject({
      network: z
        .array(host)
        .optional()
        .meta({ mustBe: 'a list of hosts' })
        .describe(
          'Hosts it may reach in addition to the provider of its agent, such as `*.example.com` or `localhost:5432`.',
        ),
      write: v.texts
        .optional()
        .describe('Paths it may write to in addition to its working tree, from the root of the repository.'),
      read: v.texts
        .optional()
        .describe('Paths it may read although they are otherwise hidden, for example in the home directory.'),
    }),
  ])
  .optional()
  .meta({ mustBe: '`true`, `false` or a map such as `{ network: [api.example.com] }`' })
  .describe(
    'Runs the process in a sandbox of the operating system (Linux, with bubblewrap, socat and ripgrep): it can write only to its working tree, finds no home directory, and can reach only the provider of its agent.',
  )
