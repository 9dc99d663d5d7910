import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { statefulOf } from '../helpers/stateful';
import { type CfnTemplate, resolved } from '../helpers/synth';
import { ACROSS } from '../laws/across-variants';

/** Others know these roles by their names, and trust policies and policies in other stacks contain them. */
function roleNames({ Resources }: CfnTemplate) {
  return Object.values(Resources).flatMap(({ Type, Properties: { RoleName } }) =>
    Type === 'AWS::IAM::Role' && RoleName !== undefined ? [resolved(RoleName)] : [],
  );
}

// A change of across.json is a breaking change: what these resources hold is lost, or a pipeline no longer finds them.
// It is edited by hand, never generated.
test('keeps the names of cross-account and cross-Region stacks, stateful resources and roles', () => {
  const app = new App();
  ACROSS['sites in three accounts and two regions'](app);
  const made = Object.fromEntries(
    app
      .synth()
      .stacks.map(({ stackName, template }) => [
        stackName,
        { roles: roleNames(template as CfnTemplate), stateful: statefulOf(template as CfnTemplate) },
      ]),
  );
  expect(made).toEqual(JSON.parse(readFileSync(join(__dirname, 'across.json'), 'utf8')));
});
