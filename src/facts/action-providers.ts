/** The parts of an action's type, and how many artifacts it takes and gives. */
export interface ActionProvider {
  readonly category: 'Source' | 'Build' | 'Test' | 'Deploy' | 'Invoke' | 'Approval' | 'Compute';
  readonly owner: 'AWS' | 'ThirdParty' | 'Custom';
  readonly provider: string;
  readonly version: string;
  readonly inputs: { readonly min: number; readonly max: number };
  readonly outputs: { readonly min: number; readonly max: number };
  /** The keys of the configuration; `true` marks the ones that must be there. */
  readonly configuration: { readonly [key: string]: boolean };
  /** Variables that the action produces; `any` when the user names them. */
  readonly variables: readonly string[] | 'any';
  readonly see: string;
}

const GUIDE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide';

/**
 * The action providers that we render: what AWS says of each.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-action-artifacts.html
 */
export const ACTION_PROVIDERS = {
  connection: {
    category: 'Source',
    owner: 'AWS',
    provider: 'CodeStarSourceConnection',
    version: '1',
    inputs: { min: 0, max: 0 },
    outputs: { min: 1, max: 1 },
    configuration: { ConnectionArn: true, FullRepositoryId: true, BranchName: true, OutputArtifactFormat: false, DetectChanges: false },
    variables: ['AuthorDate', 'BranchName', 'CommitId', 'CommitMessage', 'ConnectionArn', 'FullRepositoryName'],
    see: `${GUIDE}/action-reference-CodestarConnectionSource.html`,
  },
  codeBuild: {
    category: 'Build',
    owner: 'AWS',
    provider: 'CodeBuild',
    version: '1',
    inputs: { min: 1, max: 5 },
    outputs: { min: 0, max: 5 },
    configuration: { ProjectName: true, PrimarySource: false, BatchEnabled: false, CombineArtifacts: false, EnvironmentVariables: false },
    variables: 'any',
    see: `${GUIDE}/action-reference-CodeBuild.html`,
  },
  commands: {
    category: 'Compute',
    owner: 'AWS',
    provider: 'Commands',
    version: '1',
    inputs: { min: 1, max: 10 },
    outputs: { min: 0, max: 1 },
    configuration: { EnvironmentType: false, ComputeType: false, VpcId: false, Subnets: false, SecurityGroupIds: false },
    variables: 'any',
    see: `${GUIDE}/action-reference-Commands.html`,
  },
  manualApproval: {
    category: 'Approval',
    owner: 'AWS',
    provider: 'Manual',
    version: '1',
    inputs: { min: 0, max: 0 },
    outputs: { min: 0, max: 0 },
    configuration: { NotificationArn: false, CustomData: false, ExternalEntityLink: false },
    variables: [],
    see: `${GUIDE}/approvals-action-add.html`,
  },
} as const satisfies Record<string, ActionProvider>;

/** Key of a row of {@link ACTION_PROVIDERS}. */
export type ActionProviderId = keyof typeof ACTION_PROVIDERS;
