/** The step of a workflow that checks out the repository and leaves no token behind: the commit of actions/checkout v5.0.0. */
export const checkoutStep = {
  uses: 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8',
  with: { 'persist-credentials': false },
} as const
