import type { NameRule } from './limits';

/** Describes a Git provider of connections. */
export interface ConnectionProvider {
  /** Whether the provider is self-managed, so that a connection requires a host. */
  readonly hosted: boolean;
  /** The form of repository names in a source action. */
  readonly repository: NameRule;
}

const MAX_LENGTH = 255;

const TWO_PARTS: NameRule = {
  pattern: /^(?!.*(^|\/)\.{1,2}(\/|$))(?!.*\.git$)[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/,
  maxLength: MAX_LENGTH,
  description: "'owner/repository'",
};
const GROUPS: NameRule = {
  pattern: /^(?!.*(^|\/)\.{1,2}(\/|$))(?!.*\.git$)[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)+$/,
  maxLength: MAX_LENGTH,
  description: "'group/project', with subgroups if there are any",
};
/**
 * Matches repositories of Azure DevOps. AWS does not document how it encodes spaces in project names, so only the
 * number of parts is checked.
 */
const PROJECTS: NameRule = {
  pattern: /^(?!.*(^|\/)\.{1,2}(\/|$))[^/\s:]+(\/[^/\s:]([^/:]*[^/\s:])?){1,2}$/,
  maxLength: MAX_LENGTH,
  description: "'organization/project/repository'",
};

/**
 * Lists the providers of connections, by their names in the API.
 *
 * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/supported-versions-connections.html
 */
export const CONNECTION_PROVIDERS = {
  GitHub: { hosted: false, repository: TWO_PARTS },
  GitHubEnterpriseServer: { hosted: true, repository: TWO_PARTS },
  GitLab: { hosted: false, repository: GROUPS },
  GitLabSelfManaged: { hosted: true, repository: GROUPS },
  Bitbucket: { hosted: false, repository: TWO_PARTS },
  AzureDevOps: { hosted: false, repository: PROJECTS },
} as const satisfies Record<string, ConnectionProvider>;

export type ConnectionProviderId = keyof typeof CONNECTION_PROVIDERS;
