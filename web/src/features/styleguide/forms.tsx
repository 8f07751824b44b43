/** What people press and fill in, in each of its states. */
import { Archive, Bold, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton, type ButtonLook } from '@/shared/ui/button'
import { Checkbox } from '@/shared/ui/checkbox'
import { Combobox } from '@/shared/ui/combobox'
import { Field } from '@/shared/ui/field'
import { FilterChips } from '@/shared/ui/filter-chips'
import { Radios } from '@/shared/ui/radios'
import { SearchBox } from '@/shared/ui/search-box'
import { SegmentedControl } from '@/shared/ui/segmented-control'
import { Select } from '@/shared/ui/select'
import { Switch } from '@/shared/ui/switch'
import { Chosen } from '@/shared/ui/tag'
import { WhenField } from '@/shared/ui/when-field'
import { Chapter, Grid, Row, Sample } from './sample'

const LOOKS: ButtonLook[] = ['main', 'plain', 'quiet', 'danger']
const CITIES: [string, string][] = [
  ['', 'Not known'],
  ['mct', 'Muscat'],
  ['sll', 'Salalah'],
  ['dxb', 'Dubai'],
]
const nothing = () => undefined

export function Buttons() {
  return (
    <Chapter id="buttons" title="Buttons" about="One main thing in a place. Hover and press them, and come to them with Tab; a busy one keeps its width and cannot be pressed again.">
      {LOOKS.map((look) => (
        <Sample key={look} title={look}>
          <Row>
            <Button look={look}>At rest</Button>
            <Button look={look}>
              <Archive aria-hidden className="size-4" />
              With an icon
            </Button>
            <Button look={look} size="small">
              Small
            </Button>
            <Button look={look} disabled>
              Disabled
            </Button>
            <Button look={look} busy>
              Being done
            </Button>
          </Row>
        </Sample>
      ))}
      <Sample title="Only an icon: it has a name">
        <Row>
          <IconButton label="Archive">
            <Archive aria-hidden className="size-4" />
          </IconButton>
          <IconButton label="Bold" pressed>
            <Bold aria-hidden className="size-4" />
          </IconButton>
          <IconButton label="Delete" disabled>
            <Trash2 aria-hidden className="size-4" />
          </IconButton>
        </Row>
      </Sample>
    </Chapter>
  )
}

export function Fields() {
  const [text, setText] = useState('Layla Haddad')
  const [city, setCity] = useState('mct')
  const [day, setDay] = useState('2026-12-31')
  return (
    <Chapter id="fields" title="Fields" about="A name over each, a hint or what is wrong under it, and a counter once most of its room is used. Days and times are the browser's own: it knows the order, the calendar and the wheel of the phone.">
      <Sample title="Field">
        <Grid>
          <Field label="At rest" value={text} onChange={setText} hint="A hint says what for." />
          <Field label="Wrong" value="layla@" type="email" onChange={nothing} problem="Write a whole address: name@example.org." />
          <Field label="Disabled" value="Set by your company" onChange={nothing} disabled />
          <Field label="Nearly full" value={text} max={14} onChange={setText} />
          <Field label="Empty" value="" placeholder="Salalah" onChange={nothing} />
          <Field label="Several lines" long value={'Good morning.\nWe open at nine.'} onChange={nothing} />
        </Grid>
      </Sample>
      <Sample title="Select, combobox and days">
        <Grid>
          <Select label="One of a few" value={city} options={CITIES} onChange={setCity} />
          <Select label="Wrong choice" value="" options={CITIES} onChange={nothing} problem="Choose a city." />
          <Select label="Disabled choice" value="mct" options={CITIES} onChange={nothing} disabled />
          <Combobox label="One of many" value={city} choices={CITIES.slice(1).map(([value, label]) => ({ value, label }))} onChoose={setCity} />
          <WhenField label="Day" kind="date" value={day} onChange={setDay} />
          <WhenField label="Time" kind="time" value="09:00" onChange={nothing} problem="It has to close later than it opens." />
        </Grid>
      </Sample>
    </Chapter>
  )
}

export function Choosing() {
  const [on, setOn] = useState(true)
  const [view, setView] = useState<'day' | 'week' | 'month'>('week')
  const [role, setRole] = useState<'agent' | 'manager'>('agent')
  const [filters, setFilters] = useState<Record<string, string | undefined>>({ channel: 'wa' })
  const [found, setFound] = useState<string | undefined>()
  return (
    <Chapter id="choosing" title="Choosing" about="Boxes to tick several, radios for one, a switch for what counts at once. Lists are narrowed by chips that say their choice.">
      <Sample title="Checkbox, switch, radios">
        <Grid>
          <div className="grid gap-3">
            <Checkbox label="Ticked" checked={on} onChange={setOn} />
            <Checkbox label="Some of them" about="Stands for several." checked={false} mixed onChange={setOn} />
            <Checkbox label="Not ticked" checked={!on} onChange={(next) => setOn(!next)} />
            <Checkbox label="Disabled" checked disabled onChange={nothing} />
          </div>
          <div className="grid gap-3">
            <Switch label="On" about="Counts at once." checked={on} onChange={setOn} />
            <Switch label="Off" checked={!on} onChange={(next) => setOn(!next)} />
            <Switch label="Not for your role" checked disabled onChange={nothing} />
          </div>
          <Radios
            label="Role"
            value={role}
            onChange={setRole}
            options={[
              { value: 'agent', title: 'Agent', about: 'Answers people.' },
              { value: 'manager', title: 'Manager', about: 'Sets hours and texts as well.' },
            ]}
          />
        </Grid>
      </Sample>
      <Sample title="Segments, search and filters">
        <div className="grid justify-items-start gap-4">
          <SegmentedControl
            label="Shown"
            value={view}
            onChange={setView}
            options={[
              ['day', 'Day'],
              ['week', 'Week'],
              ['month', 'Month'],
            ]}
          />
          <SearchBox label="Search samples" value={found} onSettle={setFound} className="w-full max-w-72" />
          <FilterChips
            filters={[
              { name: 'channel', title: 'Channel', value: filters['channel'], options: [['wa', 'WhatsApp'], ['ig', 'Instagram']] },
              { name: 'tag', title: 'Tag', value: filters['tag'], options: [['vip', 'Regulars']] },
            ]}
            onChange={(name, value) => setFilters({ ...filters, [name]: value })}
            onClear={() => setFilters({})}
          />
          <Chosen name="Arabic" onRemove={nothing}>
            Arabic
          </Chosen>
        </div>
      </Sample>
    </Chapter>
  )
}
