/** What an instance asks of the job of GitHub that runs it; a run on one machine can give neither. */
export interface JobRules {
    /** Labels of its runner: it must have them all. */
    readonly runsOn?: readonly string[];
    /** The environment of GitHub whose protection rules let it begin. */
    readonly environment?: string;
}
