import type { RoleFacts } from './read-stage';
import { CDK_CLI } from '../../aws/cdk';
import { quote } from '../../pipeline/shell-words';

/**
 * Returns commands that publish the assets of all stacks of an assembly.
 *
 * By default, `cdk publish-assets` also assumes the deploy role, with which it reads the version of the bootstrap stack.
 * That role can change every stack of the account. The first command therefore replaces it with a publishing role, and
 * removes the required version: the template has a rule that CloudFormation validates.
 *
 * @param assemblyPath path of the assembly in the artifact
 * @param role any of the publishing roles
 * @see https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-publish-assets.html
 */
export function publishCommands(assemblyPath: string, role: RoleFacts, cliVersion: string = CDK_CLI.version): string[] {
  const manifest = quote(`${assemblyPath}/manifest.json`);
  return [
    `jq --argjson role ${quote(JSON.stringify(role))} ${quote(WITHOUT_DEPLOY_ROLE)} ${manifest} > publish.json && ` +
      `mv publish.json ${manifest}`,
    `npx --yes aws-cdk@${cliVersion} -a ${quote(assemblyPath)} publish-assets --all --unstable=publish-assets ` +
      '--no-notices --ci',
  ];
}

const WITHOUT_DEPLOY_ROLE =
  '.artifacts[] |= (if .type == "aws:cloudformation:stack" then .properties += $role else . end | ' +
  'del(.properties.requiresBootstrapStackVersion?))';
