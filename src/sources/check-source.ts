import { Token } from 'aws-cdk-lib';
import { CONNECTION_PROVIDERS, type ConnectionProviderId } from '../aws/connection-providers';
import {
  BRANCH_NAME,
  CONNECTION_ARN,
  CONNECTION_HOST_ARN,
  CONNECTION_NAME,
  IMAGE_TAG,
  OBJECT_KEY,
  SSM_PARAMETER_NAME,
} from '../aws/limits';
import { checkName, problem, type Problem } from '../pipeline/problems';
import type { ConnectionPlan, ConnectionSourcePlan, SourcePlan } from './source-specs';

const BRANCH_FIX = "name the branch as in 'main', without 'refs/heads/'";

/** What is wrong with a source. */
export function checkSource(prop: string, source: SourcePlan): Problem[] {
  switch (source.kind) {
    case 'connection-source':
      return checkConnectionSource(prop, source);
    case 'codecommit-source':
      return checkName(`${prop}.branch`, source.branch, BRANCH_NAME, BRANCH_FIX);
    case 's3-source':
      return [
        ...checkName(`${prop}.objectKey`, source.objectKey, OBJECT_KEY, "name a zip file, as in 'releases/app.zip'"),
        ...(source.unversioned === undefined
          ? []
          : [
              problem(
                `${prop}.bucket`,
                'be versioned',
                source.unversioned,
                'make it with versioned: true, since a run is of one version',
              ),
            ]),
      ];
    case 'ecr-source':
      return checkName(`${prop}.imageTag`, source.imageTag, IMAGE_TAG, "name a tag, as in 'latest'");
  }
}

function checkConnectionSource(
  prop: string,
  { providerType, repository, branch, connection }: ConnectionSourcePlan,
): Problem[] {
  const rule = CONNECTION_PROVIDERS[providerType].repository;
  return [
    ...checkName(
      `${prop}.repository`,
      repository,
      rule,
      `write it as ${rule.words}, without the address of the provider`,
    ),
    ...checkName(`${prop}.branch`, branch, BRANCH_NAME, BRANCH_FIX),
    ...checkConnection(`${prop}.connection`, providerType, connection),
  ];
}

function checkConnection(prop: string, providerType: ConnectionProviderId, connection: ConnectionPlan): Problem[] {
  switch (connection.kind) {
    case 'arn':
      return Token.isUnresolved(connection.arn) || CONNECTION_ARN.test(connection.arn)
        ? []
        : [
            problem(
              prop,
              'be the ARN of a connection',
              connection.arn,
              "copy it from the console's list of connections: arn:aws:codeconnections:<region>:<account>:connection/<id>",
            ),
          ];
    case 'parameter':
      return checkName(
        prop,
        connection.parameterName,
        SSM_PARAMETER_NAME,
        'name the parameter of Systems Manager that holds the ARN',
      );
    case 'new':
      return [
        ...(connection.name === undefined
          ? []
          : checkName(`${prop}.connectionName`, connection.name, CONNECTION_NAME, 'choose another name')),
        ...checkHost(`${prop}.hostArn`, providerType, connection.hostArn),
      ];
  }
}

/** A server of one's own is reached through a host, and only such a server is. */
function checkHost(prop: string, providerType: ConnectionProviderId, hostArn: string | undefined): Problem[] {
  if (!CONNECTION_PROVIDERS[providerType].hosted)
    return hostArn === undefined
      ? []
      : [problem(prop, `be left out for ${providerType}`, hostArn, 'hosts are for servers of your own')];
  if (hostArn === undefined) {
    return [
      problem(
        prop,
        `be the ARN of a host for a new connection to ${providerType}`,
        hostArn,
        'make the host in the console, since somebody must set it up there, and pass its ARN to GitConnection.pending(), or use a connection that exists',
      ),
    ];
  }
  return Token.isUnresolved(hostArn) || CONNECTION_HOST_ARN.test(hostArn)
    ? []
    : [problem(prop, 'be the ARN of a host', hostArn, "copy it from the console's list of hosts")];
}
