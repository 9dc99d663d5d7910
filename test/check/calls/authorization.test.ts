import { callsOfActions } from './actions';
import { FIXTURES } from './actions/fixtures';
import { replaceUnknowns } from '../../../src/assembly/unknown';
import { exceptions, objectionsTo } from '../../helpers/authorization';

/** Matches values that are known only at run time. */
function resourceOf(resource: string) {
  return resource === '*' ? resource : replaceUnknowns(resource, '*', '*');
}

/** Lists contradictions in the AWS documentation, and facts that the reference does not contain. */
const known = exceptions({
  'documents of AWS belong to no account': /:document\/AWS-Run(PowerShell|Shell)Script$/,
  'the page of the action grants it on the stack set; the reference knows no resource':
    /^cloudformation:CreateStackSet works on none of |^nothing works on .*:stackset\/everywhere:\*$/,
  'a page of AWS that was replaced granted it on everything': /^ecs:(ListTasks|DescribeTasks) is on everything/,
});

test.each(Object.entries(FIXTURES))(
  '%s: each call exists and supports its resource type',
  async (provider, fixtures) => {
    const calls = callsOfActions(provider, fixtures);
    expect(calls.length).toBeGreaterThan(0);
    const objections = await Promise.all(
      calls.map(({ call, resource }) =>
        objectionsTo({ holder: provider, actions: [call], resources: [resourceOf(resource)], conditionKeys: [] }),
      ),
    );
    expect(known.without(objections.flat())).toEqual([]);
  },
);

test('requires every exception', () => expect(known.unmet()).toEqual([]));
