import { REGION, ACCOUNT, CALLERS, stackWith } from './calls/actions';
import { check } from '../../src/check/check';
import { allow, document } from '../helpers/small-pipeline';

const CONNECTION = `arn:aws:codeconnections:${REGION}:${ACCOUNT}:connection/11112222-3333-4444-5555-666677778888`;

/** The verdicts on the use of the connection by a build that clones `acme/shop`, under a role with one statement. */
function verdicts(statement: object): string[] {
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'project',
      AssumeRolePolicyDocument: document(
        allow('Trust', 'sts:AssumeRole', undefined, { Principal: { Service: 'codebuild.amazonaws.com' } }),
      ),
      Policies: [{ PolicyName: 'Build', PolicyDocument: document(statement) }],
    },
  };
  const found: string[] = [];
  check(
    [
      stackWith('Build/CodeBuild', [{ configuration: { ProjectName: 'build' }, inputs: ['Hub'] }], {
        ProjectRole: role,
      }),
    ],
    {
      onCall: ({ call, request, evaluation }) => {
        if (
          call.call === 'codeconnections:UseConnection' &&
          request.caller.kind === 'role' &&
          request.caller.arn === CALLERS.project
        ) {
          found.push(evaluation.verdict);
        }
      },
    },
  );
  return found;
}

const USE = 'codeconnections:UseConnection';

function when(operator: string, repository: string | string[], key = 'codeconnections:FullRepositoryId') {
  return allow('Use', USE, CONNECTION, { Condition: { [operator]: { [key]: repository } } });
}

test.each<[string, object, string]>([
  ['no condition', allow('Use', USE, CONNECTION), 'ALLOWED'],
  ['the repository', when('StringEquals', 'acme/shop'), 'ALLOWED'],
  ['the repository where one is accessed', when('StringEqualsIfExists', 'acme/shop'), 'ALLOWED'],
  ['the repository, as many write it', when('ForAllValues:StringEquals', 'acme/shop'), 'ALLOWED'],
  ['one of several repositories', when('StringEquals', ['acme/docs', 'acme/shop']), 'ALLOWED'],
  ['the repositories of the owner', when('StringLike', 'acme/*'), 'ALLOWED'],
  ['another repository', when('StringEquals', 'acme/docs'), 'DENIED'],
  ['another repository where one is accessed', when('StringEqualsIfExists', 'acme/docs'), 'DENIED'],
  ['another repository, as many write it', when('ForAllValues:StringEquals', 'acme/docs'), 'DENIED'],
  ['another case', when('StringEquals', 'Acme/Shop'), 'DENIED'],
  ['a branch, which a clone may report or not', when('StringEquals', 'main', 'codeconnections:BranchName'), 'UNKNOWN'],
])('a build clones with a role that is allowed to use the connection for %s', (_, statement, verdict) => {
  expect(verdicts(statement)).toEqual([verdict]);
});
