import type { NameRule } from './limits';

/** What AWS says of a git provider that a connection reads. */
export interface ConnectionProvider {
  /** A server of one's own, which a connection reaches through a host. */
  readonly hosted: boolean;
  /** How its repositories are named in a source action. */
  readonly repository: NameRule;
}

const MAX_LENGTH = 255;

const TWO_PARTS: NameRule = {
  pattern: /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/,
  maxLength: MAX_LENGTH,
  words: "'owner/repository'",
};
const GROUPS: NameRule = {
  pattern: /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)+$/,
  maxLength: MAX_LENGTH,
  words: "'group/project', with subgroups if there are any",
};
/**
 * Projects of Azure DevOps may have spaces in their names. AWS does not say how it writes them, so that nothing but the
 * parts is asked for.
 */
const PROJECTS: NameRule = {
  pattern: /^[^/\s:]+(\/[^/\s:]([^/:]*[^/\s:])?){1,2}$/,
  maxLength: MAX_LENGTH,
  words: "'organization/project/repository'",
};

/**
 * The providers of connections, by the names that the API has for them.
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
