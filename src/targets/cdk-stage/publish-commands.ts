import { CDK_CLI } from '../../aws/cdk';
import { quote } from '../../pipeline/shell-words';

/**
 * Returns commands that publish the assets of all stacks of an assembly.
 *
 * By default, `cdk publish-assets` also assumes the role `deploy-role`, with which it reads the version of the
 * bootstrap stack. That role can change every stack of the account. The commands therefore replace it with a publishing
 * role, and remove the required version: the template has a rule that CloudFormation validates.
 *
 * @param assemblyPath path of the assembly in the artifact
 * @see https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-publish-assets.html
 */
export function publishCommands(assemblyPath: string, cliVersion: string = CDK_CLI.version): string[] {
  const directory = quote(assemblyPath);
  const manifest = quote(`${assemblyPath}/manifest.json`);
  return [
    `ROLE="$(jq -cs ${quote(PUBLISHING_ROLE)} ${directory}/*.assets.json)" && ` +
      `jq --argjson role "$ROLE" ${quote(WITHOUT_DEPLOY_ROLE)} ${manifest} > publish.json && ` +
      `mv publish.json ${manifest}`,
    `npx --yes aws-cdk@${cliVersion} -a ${directory} publish-assets --all --unstable=publish-assets --no-notices --ci`,
  ];
}

/** Selects the role of a file of asset manifests, as a part of the manifest of the assembly. Templates are files. */
const PUBLISHING_ROLE = '[.[].files[]?.destinations[] | {assumeRoleArn, assumeRoleExternalId} | del(.[] | nulls)][0]';

const WITHOUT_DEPLOY_ROLE =
  '.artifacts[] |= (if .type == "aws:cloudformation:stack" then .properties += $role else . end | ' +
  'del(.properties.requiresBootstrapStackVersion?))';
