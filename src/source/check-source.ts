import { Token } from 'aws-cdk-lib';
import { BRANCH_NAME, CONNECTION_ARN, CONNECTION_NAME, REPOSITORY_NAME, SSM_PARAMETER_NAME } from '../facts/limits';
import type { ConnectionPlan, ConnectionSourcePlan } from '../plan/pipeline-plan';
import { checkName, problem, type Problem } from '../plan/problems';

/** What is wrong with a source by connection. */
export function checkConnectionSource(prop: string, source: ConnectionSourcePlan): Problem[] {
  return [
    ...checkName(`${prop}.repository`, source.repository, REPOSITORY_NAME, "write it as 'owner/repository', without the address of the provider"),
    ...checkName(`${prop}.branch`, source.branch, BRANCH_NAME, "name the branch as in 'main', without 'refs/heads/'"),
    ...checkConnection(`${prop}.connection`, source.connection),
  ];
}

function checkConnection(prop: string, connection: ConnectionPlan): Problem[] {
  switch (connection.kind) {
    case 'arn':
      return Token.isUnresolved(connection.arn) || CONNECTION_ARN.test(connection.arn)
        ? [] : [problem(prop, 'be the ARN of a connection', connection.arn, "copy it from the console's list of connections: arn:aws:codeconnections:<region>:<account>:connection/<id>")];
    case 'parameter':
      return checkName(prop, connection.parameterName, SSM_PARAMETER_NAME, 'name the parameter of Systems Manager that holds the ARN');
    case 'new':
      return connection.name === undefined ? [] : checkName(`${prop}.connectionName`, connection.name, CONNECTION_NAME, 'choose another name');
  }
}
