import type { Plan } from '../core/plan.ts';
import type { PackageStore } from '../core/package-store.ts';
import type { LauncherOptions } from '../launch/launcher-options.ts';
/** What sees to the exact versions that a plan wants, loaded where it wants any. */
export declare function installerOf({ plan, environment, readCommitted, packageStore: store, }: {
    readonly plan: Plan;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly readCommitted?: (path: string) => Promise<string | undefined>;
    readonly packageStore?: PackageStore;
}): Promise<Pick<LauncherOptions, 'openInstaller'>>;
