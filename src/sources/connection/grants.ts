import { allow, type Statement } from '../../render/grants';

const USE_CONNECTION = ['codeconnections:UseConnection', 'codestar-connections:UseConnection'];

/** @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html */
export function useConnectionStatements(connectionArn: string): Statement[] {
  return [allow(USE_CONNECTION, [connectionArn])];
}

/**
 * Allows the role of a build to clone one repository, and no other. The condition key is present when a repository is accessed, and only then, so
 * a request without it passes. The service has two names, and so has the key.
 *
 * The role of the pipeline has no such condition: AWS does not document how the repositories of each provider are written in the key, and the
 * definition of the pipeline limits what that role does anyway.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
 */
export function cloneStatements(connectionArn: string, repository: string): Statement[] {
  const onlyRepository = {
    StringEqualsIfExists: {
      'codeconnections:FullRepositoryId': repository,
      'codestar-connections:FullRepositoryId': repository,
    },
  };
  return [allow(USE_CONNECTION, [connectionArn], onlyRepository)];
}
