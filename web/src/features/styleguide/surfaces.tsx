/** What things stand in: windows, panels, tables, notices, and the faces of a place without content. */
import { Archive, Copy, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Avatar } from '@/shared/ui/avatar'
import { Badge } from '@/shared/ui/badge'
import { Button, buttonLook } from '@/shared/ui/button'
import { Confirm } from '@/shared/ui/confirm'
import { Dialog, DialogFoot } from '@/shared/ui/dialog'
import { Kbd } from '@/shared/ui/kbd'
import { Menu } from '@/shared/ui/menu'
import { Empty, Failed } from '@/shared/ui/notice'
import { Popover } from '@/shared/ui/popover'
import { Progress } from '@/shared/ui/progress'
import { Sheet } from '@/shared/ui/sheet'
import { Skeleton } from '@/shared/ui/skeleton'
import { Table, type Sort } from '@/shared/ui/table'
import { Tabs } from '@/shared/ui/tabs'
import { toast, toastUndo } from '@/shared/ui/toast'
import { Tooltip } from '@/shared/ui/tooltip'
import { Chapter, Grid, Row, Sample } from './sample'

const nothing = () => undefined

function Opens({ words, children }: { words: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words}</Button>
      {open && children(() => setOpen(false))}
    </>
  )
}

export function Windows() {
  return (
    <Chapter id="windows" title="Windows and panels" about="They keep the focus inside, close on Escape and on a press beside them, and give the focus back to whoever opened them.">
      <Sample title="Press each">
        <Row>
          <Opens words="Dialog">
            {(close) => (
              <Dialog title="Change the name" onClose={close}>
                <p className="p-5 text-sm text-soft">What it is about, in a sentence or two.</p>
                <DialogFoot>
                  <Button onClick={close}>Cancel</Button>
                  <Button look="main" onClick={close}>
                    Save
                  </Button>
                </DialogFoot>
              </Dialog>
            )}
          </Opens>
          <Opens words="Sheet">
            {(close) => (
              <Sheet title="Details" onClose={close}>
                <p className="p-5 text-sm text-soft">At the side of a wide page, at the foot of a narrow one.</p>
              </Sheet>
            )}
          </Opens>
          <Opens words="Confirm">
            {(close) => (
              <Confirm title="Revoke this key?" verb="Revoke" danger onConfirm={close} onClose={close}>
                Programs that use it stop at once.
              </Confirm>
            )}
          </Opens>
          <Menu
            label="Menu"
            face="Menu"
            buttonProps={{ className: buttonLook() }}
            entries={[
              { label: 'Copy', icon: Copy, keys: 'C', onSelect: nothing },
              { label: 'Archive', icon: Archive, about: 'Can be undone', onSelect: nothing },
              'line',
              { label: 'Delete', icon: Trash2, danger: true, onSelect: nothing },
            ]}
          />
          <Popover label="Popover" face="Popover" side="bottom" className="w-64 p-4 text-sm" buttonProps={{ className: buttonLook() }}>
            A small panel that belongs to its button.
          </Popover>
          <Tooltip words="A few words, never the only place" keys="?">
            <Button>Tooltip</Button>
          </Tooltip>
          <Button onClick={() => toastUndo('Resolved', nothing)}>Toast with undo</Button>
          <Button onClick={() => toast({ text: 'It could not be saved.', tone: 'bad' })}>Toast that warns</Button>
        </Row>
      </Sample>
    </Chapter>
  )
}

const PEOPLE = [
  { id: 'a', name: 'Layla Haddad', role: 'Agent', count: 12 },
  { id: 'b', name: 'محمد الحارثي', role: 'Manager', count: 7 },
  { id: 'c', name: 'María Fernanda de la Concepción', role: 'Analyst', count: 0 },
]

export function Lists() {
  const [tab, setTab] = useState<'one' | 'two'>('one')
  const [sort, setSort] = useState<Sort>({ by: 'name', direction: 'asc' })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['b']))
  return (
    <Chapter id="lists" title="Lists" about="Rows open with Enter and are walked with the arrow keys; numbers stand at the end of their cell. A list of any length draws only what is in sight.">
      <Table
        label="People"
        rows={PEOPLE}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        sort={sort}
        onSort={setSort}
        selected={chosen}
        onSelect={setChosen}
        onOpen={nothing}
        columns={[
          { name: 'name', title: 'Name', sortable: true, cell: ({ name }) => <bdi>{name}</bdi> },
          { name: 'role', title: 'Role', from: 'two', cell: ({ role }) => role },
          { name: 'count', title: 'Open', sortable: true, isNumber: true, cell: ({ count }) => count },
        ]}
      />
      <Sample title="Tabs">
        <Tabs
          label="Parts"
          value={tab}
          onChange={setTab}
          tabs={[
            { name: 'one', title: 'Overview', panel: <p className="text-sm text-soft">The arrow keys walk from one to the next.</p> },
            { name: 'two', title: 'Hours', panel: <p className="text-sm text-soft">Parts with an address of their own are links.</p> },
          ]}
        />
      </Sample>
      <Sample title="Marks">
        <Row>
          <Avatar id="layla" name="Layla Haddad" presence="here" />
          <Avatar id="omar" name="Omar Said" size="medium" presence="away" />
          <Badge tone="good">Connected</Badge>
          <Badge tone="lamp">Waits</Badge>
          <Badge tone="bad">Failed</Badge>
          <Badge tone="quiet">Archived</Badge>
          <Kbd>⌘</Kbd>
          <Kbd>K</Kbd>
        </Row>
      </Sample>
    </Chapter>
  )
}

export function Faces() {
  return (
    <Chapter id="faces" title="Faces of a page" about="Every page has four: on its way, nothing there and what to do next, failed with a way to try again, and its content.">
      <Grid>
        <Sample title="On its way">
          <div className="grid gap-3">
            <Skeleton className="h-5 w-2/3" />
            <Skeleton className="h-20 rounded-xl" />
            <Progress label="Import" share={0.4} words="400 of 1,000" />
          </div>
        </Sample>
        <Sample title="Nothing there">
          <Empty title="Nobody is waiting">New messages appear here by themselves.</Empty>
        </Sample>
        <Sample title="Failed">
          <Failed what="The contacts could not be loaded" error={new TypeError('network')} retry={nothing} />
        </Sample>
      </Grid>
    </Chapter>
  )
}
