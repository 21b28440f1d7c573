// Made from the table of routes of the server; not written by hand.

export interface Operations {
  readSession: {
    answer: {
      /**
       * what this place is called
       */
      title: string
      person?: OwnPerson
      /**
       * key of the channel people land in
       */
      home?: string
      signUp: 'open' | 'invite' | 'closed'
      /**
       * true until there is an owner
       */
      needsOwner: boolean
      providers: {
        id: string
        title: string
      }[]
      /**
       * whether this server sends mails
       */
      mail: boolean
      /**
       * whether people may sign in by a name: there is a users file
       */
      names: boolean
      serverTimeMs: number
    }
  }
  setUp: {
    answer: {
      person: Person
    }
    body: {
      token: string
      name: string
      email: string
      password: string
    }
  }
  listOwnSessions: {
    answer: {
      items: OwnSession[]
    }
  }
  endOwnSessions: {
    answer: {
      ended: number
    }
    query?: {
      /**
       * stay signed in here
       */
      keep?: 'current'
    }
  }
  endOwnSession: {
    answer: {
      ended: number
    }
    params: {
      /**
       * of the session
       */
      id: string
    }
  }
  readOwnState: {
    answer: {
      items: OwnEntry[]
    }
  }
  keepOwnState: {
    answer: {
      collection: string
      key: string
      /**
       * when it was written; the later of two is the one
       */
      atMs: number
      value: {
        [k: string]: unknown | undefined
      } | null
    }
    params: {
      /**
       * `read`, `saved`, `settings`, `notify`, `drafts`, `seen`
       */
      collection: string
      /**
       * 1–256 characters: of a channel, a message, a setting
       */
      key: string
    }
    body: {
      [k: string]: unknown | undefined
    }
  }
  dropOwnState: {
    answer: {
      collection: string
      key: string
      /**
       * when it was written; the later of two is the one
       */
      atMs: number
      value: {
        [k: string]: unknown | undefined
      } | null
    }
    params: {
      /**
       * `read`, `saved`, `settings`, `notify`, `drafts`, `seen`
       */
      collection: string
      /**
       * 1–256 characters: of a channel, a message, a setting
       */
      key: string
    }
  }
  search: {
    answer: {
      items: FoundMessage[]
      /**
       * give it as `after` for the next page
       */
      next?: string
      /**
       * the index of messages is being made: there may be more
       */
      partial?: true
      channels: {
        key: string
        channel: string
        title: string
        glyph?: string
      }[]
      people: Person[]
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: number
      /**
       * words; phrases in quotes; the last word may be a beginning
       */
      q?: string
      /**
       * keys of channels, with commas between
       */
      in?: string
      /**
       * ids of people, with commas between
       */
      from?: string
      /**
       * all of these: file, image, link, code, with commas between
       */
      has?: string
      /**
       * ISO-8601 with a zone
       */
      before?: string
      /**
       * ISO-8601 with a zone
       */
      since?: string
    }
  }
  readUnread: {
    answer: {
      items: {
        channel: string
        /**
         * messages of others; up to 10000, and one more if there are more
         */
        count: number
        /**
         * how many of them mention the reader
         */
        mentions: number
        /**
         * serial of the first one
         */
        first?: string
        /**
         * serial of the newest that counts, whoever wrote it
         */
        last?: string
      }[]
    }
    query?: {
      /**
       * names of channels; all without, with commas between
       */
      channels?: string
    }
  }
  readMentions: {
    answer: {
      items: FoundMessage[]
      /**
       * give it as `after` for the next page
       */
      next?: string
      /**
       * the index of messages is being made: there may be more
       */
      partial?: true
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: number
    }
  }
  exportOwnData: {
    answer: null
  }
  readErasureTerms: {
    answer: ErasureTerms
  }
  eraseOwnAccount: {
    answer: ErasureReceipt
    body: {
      password?: string
      /**
       * absent: as the server is set
       */
      messages?: 'keep' | 'delete'
    }
  }
  previewErasure: {
    answer: ErasurePreview
    params: {
      /**
       * id of the person
       */
      id: string
    }
  }
  erasePerson: {
    answer: ErasureReceipt
    params: {
      /**
       * id of the person
       */
      id: string
    }
    body: {
      /**
       * their name, as a proof that it is meant
       */
      confirm: string
      /**
       * absent: as the server is set
       */
      messages?: 'keep' | 'delete'
      /**
       * why; without anything that says who it was
       */
      reason?: string
    }
  }
  exportPerson: {
    answer: null
    params: {
      /**
       * id of the person
       */
      id: string
    }
  }
  viewAsPerson: {
    answer: PersonsView
    params: {
      /**
       * id of the person
       */
      id: string
    }
    body: {
      reason: string
    }
  }
  invite: {
    answer: Invitation
    body: {
      /**
       * only an account with this e-mail can use it
       */
      email?: string
      /**
       * stands in the mail
       */
      note?: string
      /**
       * given on acceptance
       *
       * @maxItems 50
       */
      roles?: {
        role: string
        /**
         * `channel:lobby` or `tenant:<key>`
         */
        on: string
        /**
         * ISO-8601 with a zone
         */
        not_before?: string
        /**
         * ISO-8601 with a zone
         */
        expires_at?: string
      }[]
      /**
       * default: in seven days; at most ninety
       */
      expires_at?: string
    }
  }
  listInvitations: {
    answer: {
      items: Invitation[]
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  revokeInvitation: {
    answer: Invitation
    params: {
      /**
       * of the invitation
       */
      id: string
    }
  }
  sendInvitation: {
    answer: Invitation
    params: {
      /**
       * of the invitation
       */
      id: string
    }
  }
  lookAtInvitation: {
    answer: {
      state: 'open' | 'unknown' | 'used' | 'revoked' | 'ended'
      by?: string
      email?: string
    }
    body: {
      token: string
    }
  }
  acceptInvitation: {
    answer: {
      accepted: true
    }
    body: {
      token: string
    }
  }
  makePasswordLink: {
    answer: {
      url: string
      expiresAt: string
    }
    params: {
      /**
       * of the person
       */
      id: string
    }
  }
  listApps: {
    answer: {
      items: App[]
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  createApp: {
    answer: {
      /**
       * the part before the dot in its keys
       */
      id: string
      name: string
      project?: string
      environment?: string
      createdAt: string
      /**
       * `app.key:secret`, with every right
       */
      key: string
    }
    body: {
      /**
       * what people call it
       */
      name: string
      /**
       * the project it stands for
       */
      project?: string
      /**
       * the environment of that project
       */
      environment?: string
    }
  }
  changeApp: {
    answer: App
    params: {
      /**
       * of the app
       */
      id: string
    }
    body: {
      /**
       * what people call it
       */
      name?: string
      /**
       * the project it stands for
       */
      project?: string
      /**
       * the environment of that project
       */
      environment?: string
    }
  }
  removeApp: {
    answer: null
    params: {
      /**
       * of the app
       */
      id: string
    }
  }
  listGroups: {
    answer: {
      items: Group[]
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  makeGroup: {
    answer: Group
    body: {
      title?: string
      about?: string
      /**
       * key of the tenant it is in
       */
      tenant?: string
      key: string
    }
  }
  readGroup: {
    answer: Group
    params: {
      /**
       * of the group
       */
      key: string
    }
  }
  describeGroup: {
    answer: Group
    params: {
      /**
       * of the group
       */
      key: string
    }
    body: {
      title?: string
      about?: string
      /**
       * key of the tenant it is in
       */
      tenant?: string
    }
  }
  removeGroup: {
    answer: Done
    params: {
      /**
       * of the group
       */
      key: string
    }
  }
  listMembers: {
    answer: {
      items: {
        /**
         * `user:<id>` or `group:<key>#<role>`
         */
        member: string
        roles: string[]
        person?: Person
      }[]
      next?: string
    }
    params: {
      /**
       * of the group
       */
      key: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  addMembers: {
    answer: Done
    params: {
      /**
       * of the group
       */
      key: string
    }
    body: {
      /**
       * @minItems 1
       * @maxItems 500
       */
      members: [string, ...string[]]
      /**
       * another role of the group besides `member`; removing without one takes all
       */
      role?: string
    }
  }
  removeMembers: {
    answer: Done
    params: {
      /**
       * of the group
       */
      key: string
    }
    body: {
      /**
       * @minItems 1
       * @maxItems 500
       */
      members: [string, ...string[]]
      /**
       * another role of the group besides `member`; removing without one takes all
       */
      role?: string
    }
  }
  listChannelPeople: {
    answer: {
      people: {
        id: string
        name: string
        email?: string
        /**
         * path on this server
         */
        picture?: string
        roles: Role[]
        moves: Move[]
      }[]
      /**
       * give it as `after` for the next page
       */
      next?: string
      /**
       * who is in, by strongest role, whatever was asked for; with `scope=members`
       */
      counts?: {
        role?: Role
        people: number
      }[]
    }
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    query?: {
      /**
       * `members`: only who holds a role that counts there, strongest first
       */
      scope?: 'all' | 'members'
      /**
       * part of a name
       */
      q?: string
      /**
       * only these, separated by commas
       */
      ids?: string
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  readPicture: {
    answer: null
    params: {
      /**
       * id of the person
       */
      id: string
    }
  }
  makeChannel: {
    answer: MadeChannel
    body: {
      title: string
      about?: string
      /**
       * shown, locked, to people who may not enter
       */
      listed?: boolean
      /**
       * `open`: who knows of it may come in
       */
      join?: 'open' | 'request'
    }
  }
  describeChannel: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      title?: string
      about?: string
      /**
       * screens list by this first
       */
      order?: number
      /**
       * shown, locked, to people who may not enter
       */
      listed?: boolean
      /**
       * `open`: who knows of it may come in
       */
      join?: 'open' | 'request'
      /**
       * false: links have no previews
       */
      previews?: boolean
      /**
       * only those write whom the policy names
       */
      readOnly?: boolean
      /**
       * slow mode: seconds between two messages of one person; 0 is off
       */
      paceSeconds?: number
      /**
       * nobody writes any more
       */
      archived?: boolean
    }
  }
  channelEffect: {
    answer: ChannelEffect
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      title?: string
      about?: string
      /**
       * screens list by this first
       */
      order?: number
      /**
       * shown, locked, to people who may not enter
       */
      listed?: boolean
      /**
       * `open`: who knows of it may come in
       */
      join?: 'open' | 'request'
      /**
       * false: links have no previews
       */
      previews?: boolean
      /**
       * only those write whom the policy names
       */
      readOnly?: boolean
      /**
       * slow mode: seconds between two messages of one person; 0 is off
       */
      paceSeconds?: number
      /**
       * nobody writes any more
       */
      archived?: boolean
    }
  }
  joinChannel: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
  }
  leaveChannel: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
  }
  startDirect: {
    answer: MadeChannel
    body: {
      /**
       * ids of the others
       *
       * @minItems 1
       * @maxItems 7
       */
      people: [string, ...string[]]
    }
  }
  listRequests: {
    answer: {
      requests: {
        person: Person
        atMs: number
        note?: string
        /**
         * for how long; absent: for good
         */
        forMs?: number
        role?: Role2
        /**
         * the role holds them back and is to end
         */
        ends?: true
      }[]
      gives?: Role3
    }
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
  }
  requestAccess: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      note?: string
      /**
       * for how long; absent: for good
       */
      forMs?: number
      /**
       * a role of theirs there; absent: to be let in
       */
      role?: string
    }
  }
  withdrawRequest: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
  }
  admitRequest: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      person: string
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * when what is given ends by itself
       */
      expires_at?: string
    }
  }
  declineRequest: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      person: string
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * when what is given ends by itself
       */
      expires_at?: string
    }
  }
  listAccessRequests: {
    answer: {
      items: WaitingRequest[]
      /**
       * give it as `after` for the next page
       */
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
      /**
       * only of this resource
       */
      on?: string
      /**
       * part of the name of who asks
       */
      q?: string
    }
  }
  listThreads: {
    answer: {
      threads: {
        /**
         * serial of the message it is about
         */
        root: string
        /**
         * answers that are there
         */
        count: number
        lastSerial: string
        lastAtMs: number
        /**
         * who answered, the last one first; at most five
         */
        people: string[]
        message?: Message
      }[]
      /**
       * the position up to which they are counted
       */
      asOf: string
    }
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    query?: {
      limit?: number
      /**
       * only threads whose root is not before this message
       */
      from?: string
      /**
       * only threads whose root is not after this message
       */
      to?: string
      /**
       * only threads whose last answer is before this message
       */
      before?: string
      /**
       * whether to bring the roots along
       */
      roots?: 'yes' | 'no'
    }
  }
  readThread: {
    answer: {
      messages: Message1[]
      hasMore: boolean
    }
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
      /**
       * serial of the message the thread is about
       */
      serial: string
    }
    query?: {
      limit?: number
      /**
       * only answers before this message
       */
      before?: string
    }
  }
  listPins: {
    answer: {
      pins: {
        message: Message1
        /**
         * id of who pinned it
         */
        by: string
        atMs: number
      }[]
    }
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
  }
  pinMessage: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
      /**
       * serial of the message
       */
      serial: string
    }
  }
  unpinMessage: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
      /**
       * serial of the message
       */
      serial: string
    }
  }
  listReports: {
    answer: {
      reports: {
        id: string
        serial: string
        /**
         * id of who wrote the message
         */
        author?: string
        /**
         * id of who reported it
         */
        by: string
        reason: 'spam' | 'abuse' | 'harm' | 'private' | 'other'
        note?: string
        atMs: number
        state: 'open' | 'done'
        outcome?: 'deleted' | 'dismissed'
        message?: Message2
      }[]
    }
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    query?: {
      state?: 'open' | 'done'
    }
  }
  reportMessage: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      serial: string
      reason: 'spam' | 'abuse' | 'harm' | 'private' | 'other'
      note?: string
    }
  }
  closeReports: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      serial: string
      outcome: 'deleted' | 'dismissed'
    }
  }
  readFileLimits: {
    answer: {
      maxBytes: number
      pieceBytes: number
      smallBytes: number
    }
  }
  beginUpload: {
    answer: Upload
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      name: string
      type?: string
      bytes: number
    }
  }
  listFiles: {
    answer: {
      items: {
        id: string
        name: string
        /**
         * by its content; while it arrives, as declared
         */
        type: string
        bytes: number
        /**
         * pixels, as it is shown; of pictures
         */
        width?: number
        height?: number
        /**
         * there is a small picture at `/files/{id}/preview`
         */
        preview?: {
          width: number
          height: number
        }
        /**
         * who sent it: a person’s id, or `key:…`
         */
        by: string
        atMs: number
        /**
         * of the message that carries it
         */
        serial: string
      }[]
      next?: string
    }
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    query?: {
      kind?: 'image' | 'media' | 'other'
      /**
       * part of the name
       */
      q?: string
      /**
       * `next` of the page before
       */
      after?: string
      limit?: number
    }
  }
  readUpload: {
    answer: Upload
    params: {
      /**
       * id of the file
       */
      id: string
    }
  }
  dropFile: {
    answer: null
    params: {
      /**
       * id of the file
       */
      id: string
    }
  }
  putSmallPicture: {
    answer: Upload
    params: {
      /**
       * id of the file
       */
      id: string
    }
  }
  sendPiece: {
    answer: Upload
    params: {
      /**
       * id of the file
       */
      id: string
      /**
       * where the piece begins: the offset of the answer before
       */
      offset: string
    }
  }
  previewLink: {
    answer: LinkPreview
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      url: string
    }
  }
  promote: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      /**
       * id of a person, or an e-mail address that a provider vouched for
       */
      person: string
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * of a promotion: when it ends by itself
       */
      expires_at?: string
    }
  }
  demote: {
    answer: Done
    params: {
      /**
       * key of the channel’s resource, such as `general`
       */
      key: string
    }
    body: {
      /**
       * id of a person, or an e-mail address that a provider vouched for
       */
      person: string
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * of a promotion: when it ends by itself
       */
      expires_at?: string
    }
  }
  assignRole: {
    answer: Done
    body: {
      /**
       * id of a person, or an e-mail address that a provider vouched for
       */
      person: string
      role: string
      /**
       * `channel:lobby` or `tenant:<key>`
       */
      on: string
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * ISO-8601 with a zone
       */
      not_before?: string
      /**
       * ISO-8601 with a zone
       */
      expires_at?: string
    }
  }
  unassignRole: {
    answer: Done
    body: {
      /**
       * id of a person, or an e-mail address that a provider vouched for
       */
      person: string
      role: string
      /**
       * `channel:lobby` or `tenant:<key>`
       */
      on: string
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * ISO-8601 with a zone
       */
      not_before?: string
      /**
       * ISO-8601 with a zone
       */
      expires_at?: string
    }
  }
  listPeople: {
    answer: {
      items: ListedPerson[]
      /**
       * give it as `after` for the next page
       */
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
      /**
       * part of a name, an e-mail or an id
       */
      q?: string
      /**
       * only who was given it, also by a group
       */
      role?: string
      /**
       * with `role`: given there; alone: any role there
       */
      on?: string
      /**
       * only who is in this group
       */
      group?: string
      sort?: 'id' | 'name' | '-name'
    }
  }
  readPerson: {
    answer: WholePerson
    params: {
      /**
       * id of the person
       */
      id: string
    }
  }
  putPerson: {
    answer: Done
    params: {
      /**
       * id of the person
       */
      id: string
    }
    body: {
      attributes: {
        [k: string]: JsonValue | undefined
      }
      /**
       * why; kept in the audit log
       */
      reason?: string
    }
  }
  amendPerson: {
    answer: Done
    params: {
      /**
       * id of the person
       */
      id: string
    }
    body: {
      attributes: {
        [k: string]: JsonValue | undefined
      }
      /**
       * why; kept in the audit log
       */
      reason?: string
    }
  }
  removePerson: {
    answer: Done
    params: {
      /**
       * id of the person
       */
      id: string
    }
  }
  listRoles: {
    answer: {
      items: PolicyRole[]
    }
  }
  listGrants: {
    answer: {
      items: Grant[]
      /**
       * give it as `after` for the next page
       */
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
      /**
       * `user:ada`, or a set
       */
      subject?: string
      /**
       * the resource or tenant
       */
      on?: string
      role?: string
      /**
       * only those with a start or an end, or without
       */
      timed?: 'true' | 'false'
    }
  }
  readGrant: {
    answer: Grant
    params: {
      /**
       * the assignment as text, such as `channel:lobby%23speaker@user:ada`
       */
      grant: string
    }
  }
  putGrant: {
    answer: Done
    params: {
      /**
       * the assignment as text, such as `channel:lobby%23speaker@user:ada`
       */
      grant: string
    }
    body: {
      /**
       * ISO-8601 with a zone
       */
      not_before?: string
      /**
       * ISO-8601 with a zone
       */
      expires_at?: string
      /**
       * why; kept in the audit log
       */
      reason?: string
    }
  }
  endGrant: {
    answer: Done
    params: {
      /**
       * the assignment as text, such as `channel:lobby%23speaker@user:ada`
       */
      grant: string
    }
  }
  listTenants: {
    answer: {
      items: Tenant[]
      /**
       * give it as `after` for the next page
       */
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  readTenant: {
    answer: Tenant
    params: {
      /**
       * key of the tenant
       */
      id: string
    }
  }
  putTenant: {
    answer: Done
    params: {
      /**
       * key of the tenant
       */
      id: string
    }
    body: {
      attributes: {
        [k: string]: JsonValue | undefined
      }
      /**
       * why; kept in the audit log
       */
      reason?: string
    }
  }
  amendTenant: {
    answer: Done
    params: {
      /**
       * key of the tenant
       */
      id: string
    }
    body: {
      attributes: {
        [k: string]: JsonValue | undefined
      }
      /**
       * why; kept in the audit log
       */
      reason?: string
    }
  }
  removeTenant: {
    answer: Done
    params: {
      /**
       * key of the tenant
       */
      id: string
    }
  }
  listResources: {
    answer: {
      items: Resource[]
      /**
       * give it as `after` for the next page
       */
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
      type?: string
      /**
       * key of a tenant
       */
      tenant?: string
      /**
       * part of an id or a title
       */
      q?: string
    }
  }
  readResource: {
    answer: Resource
    params: {
      /**
       * the resource, such as `channel:lobby`
       */
      id: string
    }
  }
  putResource: {
    answer: Done
    params: {
      /**
       * the resource, such as `channel:lobby`
       */
      id: string
    }
    body: {
      attributes: {
        [k: string]: JsonValue | undefined
      }
      /**
       * why; kept in the audit log
       */
      reason?: string
    }
  }
  amendResource: {
    answer: Done
    params: {
      /**
       * the resource, such as `channel:lobby`
       */
      id: string
    }
    body: {
      attributes: {
        [k: string]: JsonValue | undefined
      }
      /**
       * why; kept in the audit log
       */
      reason?: string
    }
  }
  removeResource: {
    answer: Done
    params: {
      /**
       * the resource, such as `channel:lobby`
       */
      id: string
    }
  }
  relate: {
    answer: Done
    params: {
      /**
       * as text: `channel:lobby%23parent@server:one`
       */
      relation: string
    }
  }
  unrelate: {
    answer: Done
    params: {
      /**
       * as text: `channel:lobby%23parent@server:one`
       */
      relation: string
    }
  }
  readPolicy: {
    answer: {
      /**
       * as its author wrote it
       */
      text: string
      document: {
        [k: string]: unknown | undefined
      }
      /**
       * also the ETag
       */
      version: string
      revision: number
    }
  }
  putPolicy: {
    answer: Done
    body: {
      /**
       * a whole policy document, YAML or JSON
       */
      text: string
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * refused with `conflict` if rights have moved since
       */
      expected_revision?: number
    }
  }
  checkPolicy: {
    answer: {
      ok: boolean
      version?: string
      /**
       * from the policy in force
       */
      differences?: PolicyDifference[]
      problems: PolicyProblem[]
    }
    body: {
      /**
       * a whole policy document, YAML or JSON
       */
      text: string
    }
  }
  simulate: {
    answer: Impact
    query?: {
      /**
       * `next` of the last page
       */
      after?: string
    }
    body:
      | {
          /**
           * a whole policy document, YAML or JSON
           */
          text: string
          /**
           * list at most so many moves
           */
          flips?: number
        }
      | {
          /**
           * @minItems 1
           * @maxItems 1000
           */
          changes: [
            (
              | {
                  assign: string
                  not_before?: string
                  expires_at?: string
                  reason?: string
                }
              | {
                  unassign: string
                }
              | {
                  relate: string
                }
              | {
                  unrelate: string
                }
              | {
                  person: string
                  attributes: {
                    [k: string]: JsonValue | undefined
                  }
                }
              | {
                  resource: string
                  attributes: {
                    [k: string]: JsonValue | undefined
                  }
                }
              | {
                  remove_resource: string
                }
            ),
            ...(
              | {
                  assign: string
                  not_before?: string
                  expires_at?: string
                  reason?: string
                }
              | {
                  unassign: string
                }
              | {
                  relate: string
                }
              | {
                  unrelate: string
                }
              | {
                  person: string
                  attributes: {
                    [k: string]: JsonValue | undefined
                  }
                }
              | {
                  resource: string
                  attributes: {
                    [k: string]: JsonValue | undefined
                  }
                }
              | {
                  remove_resource: string
                }
            )[],
          ]
          /**
           * list at most so many moves
           */
          flips?: number
        }
  }
  makeChanges: {
    answer: Done
    body: {
      /**
       * @minItems 1
       * @maxItems 1000
       */
      changes: [
        (
          | {
              assign: string
              not_before?: string
              expires_at?: string
              reason?: string
            }
          | {
              unassign: string
            }
          | {
              relate: string
            }
          | {
              unrelate: string
            }
          | {
              person: string
              attributes: {
                [k: string]: JsonValue | undefined
              }
            }
          | {
              resource: string
              attributes: {
                [k: string]: JsonValue | undefined
              }
            }
          | {
              remove_resource: string
            }
        ),
        ...(
          | {
              assign: string
              not_before?: string
              expires_at?: string
              reason?: string
            }
          | {
              unassign: string
            }
          | {
              relate: string
            }
          | {
              unrelate: string
            }
          | {
              person: string
              attributes: {
                [k: string]: JsonValue | undefined
              }
            }
          | {
              resource: string
              attributes: {
                [k: string]: JsonValue | undefined
              }
            }
          | {
              remove_resource: string
            }
        )[],
      ]
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * refused with `conflict` if rights have moved since
       */
      expected_revision?: number
    }
  }
  previewChanges: {
    answer: ChangePreview
    query?: {
      /**
       * `next` of the last page
       */
      after?: string
    }
    body: {
      /**
       * @minItems 1
       * @maxItems 1000
       */
      changes: [
        (
          | {
              assign: string
              not_before?: string
              expires_at?: string
              reason?: string
            }
          | {
              unassign: string
            }
          | {
              relate: string
            }
          | {
              unrelate: string
            }
          | {
              person: string
              attributes: {
                [k: string]: JsonValue | undefined
              }
            }
          | {
              resource: string
              attributes: {
                [k: string]: JsonValue | undefined
              }
            }
          | {
              remove_resource: string
            }
        ),
        ...(
          | {
              assign: string
              not_before?: string
              expires_at?: string
              reason?: string
            }
          | {
              unassign: string
            }
          | {
              relate: string
            }
          | {
              unrelate: string
            }
          | {
              person: string
              attributes: {
                [k: string]: JsonValue | undefined
              }
            }
          | {
              resource: string
              attributes: {
                [k: string]: JsonValue | undefined
              }
            }
          | {
              remove_resource: string
            }
        )[],
      ]
      /**
       * list at most so many moves
       */
      flips?: number
    }
  }
  listDrafts: {
    answer: {
      items: ListedDraft[]
      /**
       * give it as `after` for the next page
       */
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  makeDraft: {
    answer: Draft
    body: {
      title: string
      /**
       * a whole policy document, YAML or JSON
       */
      text: string
    }
  }
  readDraft: {
    answer: Draft
    params: {
      /**
       * id of the draft
       */
      id: string
    }
  }
  putDraft: {
    answer: Draft
    params: {
      /**
       * id of the draft
       */
      id: string
    }
    body: {
      title: string
      /**
       * a whole policy document, YAML or JSON
       */
      text: string
    }
  }
  removeDraft: {
    answer: Done
    params: {
      /**
       * id of the draft
       */
      id: string
    }
  }
  compareDraft: {
    answer: {
      ok: boolean
      version?: string
      /**
       * from the policy in force
       */
      differences?: PolicyDifference[]
      problems: PolicyProblem[]
      /**
       * another version is in force by now
       */
      isBehind: boolean
    }
    params: {
      /**
       * id of the draft
       */
      id: string
    }
  }
  tryDraft: {
    answer: Impact
    params: {
      /**
       * id of the draft
       */
      id: string
    }
    query?: {
      /**
       * `next` of the last page
       */
      after?: string
    }
    body: {
      flips?: number
    }
  }
  applyDraft: {
    answer: Done
    params: {
      /**
       * id of the draft
       */
      id: string
    }
    body: {
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * refused with `conflict` if rights have moved since
       */
      expected_revision?: number
      /**
       * the version in force that it may replace
       */
      over?: string
    }
  }
  listPolicyVersions: {
    answer: {
      items: PolicyVersion[]
      /**
       * give it as `after` for the next page
       */
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  readPolicyVersion: {
    answer: WholePolicyVersion
    params: {
      /**
       * id of the version
       */
      id: string
    }
  }
  restorePolicyVersion: {
    answer: Done
    params: {
      /**
       * id of the version
       */
      id: string
    }
    body: {
      /**
       * why; kept in the audit log
       */
      reason?: string
      /**
       * refused with `conflict` if rights have moved since
       */
      expected_revision?: number
    }
  }
  explain: {
    answer: Explanation
    body: {
      subject?: string
      action: string
      resource: string
      message?: {
        before?: {
          name?: string
          data?: JsonValue | undefined
          clientId?: string
          headers?: {
            [k: string]: JsonValue | undefined
          }
          serial?: string
        } | null
        after?: {
          name?: string
          data?: JsonValue | undefined
          clientId?: string
          headers?: {
            [k: string]: JsonValue | undefined
          }
          serial?: string
        } | null
      }
      context?: {
        [k: string]: JsonValue | undefined
      }
      /**
       * as it will be then, if nothing but time goes on; absent: now
       */
      at?: string
    }
  }
  readExplanation: {
    answer: {
      refused?: {
        action: string
        on: string
        revision: number
        atMs: number
      }
      /**
       * instead, if it was not refused
       */
      allowed?: {
        action: string
        on: string
        revision: number
        atMs: number
      }
      reasons?: {
        [k: string]: unknown | undefined
      }[]
      now: Explanation
    }
    params: {
      /**
       * `explanation` of a problem
       */
      id: string
    }
  }
  listAccessibleResources: {
    answer: {
      ids: string[]
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
      subject: string
      action: string
      type: string
    }
  }
  listAllowedSubjects: {
    answer: {
      ids: string[]
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
      action: string
      resource: string
    }
  }
  listAllowedActions: {
    answer: {
      actions: string[]
    }
    query?: {
      subject: string
      resource: string
    }
  }
  listKeys: {
    answer: {
      items: Key[]
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  createKey: {
    answer: KeyWithSecret
    body: {
      name: string
      /**
       * a list for every channel, or lists by channel pattern; empty: nothing
       */
      permissions?:
        | string[]
        | {
            /**
             * @maxItems 64
             */
            [k: string]: string[] | undefined
          }
      /**
       * where a list of permissions holds; empty: in every channel
       *
       * @maxItems 256
       */
      patterns?: string[]
      /**
       * whether all entries that match count, or the most specific one only
       */
      match?: 'union' | 'most_specific'
      /**
       * what tokens signed by it may do at most; `own`: what it may itself
       */
      mayDelegate?:
        | ('own' | 'everything')
        | string[]
        | {
            /**
             * @maxItems 64
             */
            [k: string]: string[] | undefined
          }
      /**
       * @maxItems 2
       */
      scopes?: [] | ['admin' | 'decisions'] | ['admin' | 'decisions', 'admin' | 'decisions']
      /**
       * only channels that resources of this tenant govern; null: every channel
       */
      tenant?: string | null
      revocableTokens?: boolean
      /**
       * where the key itself may be used from; null: anywhere. Its tokens say for themselves
       */
      allowedAddresses?: [string, ...string[]] | null
      expiresAt?: string | null
    }
  }
  previewKey: {
    answer: {
      items: {
        channel: string
        operations: string[]
      }[]
      /**
       * how many channels were looked at
       */
      looked: number
    }
    body: {
      /**
       * a list for every channel, or lists by channel pattern; empty: nothing
       */
      permissions?:
        | string[]
        | {
            /**
             * @maxItems 64
             */
            [k: string]: string[] | undefined
          }
      /**
       * where a list of permissions holds; empty: in every channel
       *
       * @maxItems 256
       */
      patterns?: string[]
      /**
       * whether all entries that match count, or the most specific one only
       */
      match?: 'union' | 'most_specific'
      /**
       * @maxItems 1000
       */
      channels?: string[]
    }
  }
  readKey: {
    answer: Key
    params: {
      /**
       * of the key, the part of its name after the dot
       */
      id: string
    }
  }
  editKey: {
    answer: Key
    params: {
      /**
       * of the key, the part of its name after the dot
       */
      id: string
    }
    body: {
      name?: string
      /**
       * a list for every channel, or lists by channel pattern; empty: nothing
       */
      permissions?:
        | string[]
        | {
            /**
             * @maxItems 64
             */
            [k: string]: string[] | undefined
          }
      /**
       * where a list of permissions holds; empty: in every channel
       *
       * @maxItems 256
       */
      patterns?: string[]
      /**
       * whether all entries that match count, or the most specific one only
       */
      match?: 'union' | 'most_specific'
      /**
       * what tokens signed by it may do at most; `own`: what it may itself
       */
      mayDelegate?:
        | ('own' | 'everything')
        | string[]
        | {
            /**
             * @maxItems 64
             */
            [k: string]: string[] | undefined
          }
      /**
       * @maxItems 2
       */
      scopes?: [] | ['admin' | 'decisions'] | ['admin' | 'decisions', 'admin' | 'decisions']
      /**
       * only channels that resources of this tenant govern; null: every channel
       */
      tenant?: string | null
      revocableTokens?: boolean
      /**
       * where the key itself may be used from; null: anywhere. Its tokens say for themselves
       */
      allowedAddresses?: [string, ...string[]] | null
      expiresAt?: string | null
    }
  }
  revokeKey: {
    answer: Done
    params: {
      /**
       * of the key, the part of its name after the dot
       */
      id: string
    }
    query?: {
      /**
       * kept in the audit log
       */
      reason?: string
    }
  }
  rotateKey: {
    answer: KeyWithSecret
    params: {
      /**
       * of the key, the part of its name after the dot
       */
      id: string
    }
    body: {
      overlapSeconds?: number
    }
  }
  inspectToken: {
    answer: TokenInspection
    body: {
      token: string
      /**
       * @maxItems 100
       */
      channels?: string[]
    }
  }
  revokeToken: {
    answer: {
      /**
       * position of the change in the order of everything
       */
      revision: number
      /**
       * the same position as a serial
       */
      serial: string
      /**
       * when; milliseconds since 1970
       */
      atMs: number
      key: string
      id: string
      /**
       * when the token would have ended
       */
      expiresAt: string
    }
    body:
      | {
          token: string
          /**
           * why; kept in the audit log
           */
          reason?: string
        }
      | {
          /**
           * id of the key that signed it
           */
          key: string
          /**
           * its `jti`
           */
          id: string
          /**
           * when it ends by itself; not said: as late as any token lives
           */
          expiresAt?: string
          /**
           * why; kept in the audit log
           */
          reason?: string
        }
  }
  listConnections: {
    answer: {
      items: Connection[]
      /**
       * give it as `after` for the next page
       */
      next?: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
      /**
       * id of a person
       */
      person?: string
      /**
       * attached there
       */
      channel?: string
    }
  }
  readConnection: {
    answer: Connection
    params: {
      /**
       * id of the connection
       */
      id: string
    }
  }
  dropConnection: {
    answer: Ok
    params: {
      /**
       * id of the connection
       */
      id: string
    }
    query?: {
      reason?: string
    }
  }
  notifyConnection: {
    answer: Ok
    params: {
      /**
       * id of the connection
       */
      id: string
    }
    body: {
      text: string
      /**
       * any JSON value
       */
      data?: {
        [k: string]: unknown | undefined
      }
    }
  }
  narrowConnection: {
    answer: Connection
    params: {
      /**
       * id of the connection
       */
      id: string
    }
    body: {
      channel: string
      /**
       * @maxItems 20
       */
      take: (
        | 'subscribe'
        | 'publish'
        | 'presence'
        | 'annotation-publish'
        | 'annotation-subscribe'
        | 'channel-metadata'
      )[]
      reason?: string
    }
  }
  listWebhooks: {
    answer: {
      items: Webhook[]
    }
  }
  makeWebhook: {
    answer: NewWebhook
    body: {
      url: string
      /**
       * @minItems 1
       * @maxItems 7
       */
      events: [
        (
          | 'rights.changed'
          | 'member.joined'
          | 'person.registered'
          | 'request.opened'
          | 'message.published'
          | 'message.deleted'
          | 'message.flagged'
        ),
        ...(
          | 'rights.changed'
          | 'member.joined'
          | 'person.registered'
          | 'request.opened'
          | 'message.published'
          | 'message.deleted'
          | 'message.flagged'
        )[],
      ]
      about?: string
      enabled?: boolean
    }
  }
  readWebhook: {
    answer: Webhook
    params: {
      /**
       * id of the webhook
       */
      id: string
    }
  }
  putWebhook: {
    answer: Webhook
    params: {
      /**
       * id of the webhook
       */
      id: string
    }
    body: {
      url: string
      /**
       * @minItems 1
       * @maxItems 7
       */
      events: [
        (
          | 'rights.changed'
          | 'member.joined'
          | 'person.registered'
          | 'request.opened'
          | 'message.published'
          | 'message.deleted'
          | 'message.flagged'
        ),
        ...(
          | 'rights.changed'
          | 'member.joined'
          | 'person.registered'
          | 'request.opened'
          | 'message.published'
          | 'message.deleted'
          | 'message.flagged'
        )[],
      ]
      about?: string
      enabled?: boolean
    }
  }
  removeWebhook: {
    answer: Done
    params: {
      /**
       * id of the webhook
       */
      id: string
    }
  }
  listDeliveries: {
    answer: {
      items: Delivery[]
      /**
       * give it as `after` for the next page
       */
      next?: string
    }
    params: {
      /**
       * id of the webhook
       */
      id: string
    }
    query?: {
      limit?: number
      /**
       * `next` of the page before
       */
      after?: string
    }
  }
  replayWebhook: {
    answer: {
      count: number
    }
    params: {
      /**
       * id of the webhook
       */
      id: string
    }
    body: {
      delivery?: string
      since?: string
    }
  }
  listDecisions: {
    answer: {
      items: LoggedDecision[]
      next?: string
      /**
       * decisions that were made and not logged, as they came faster than they are written
       */
      dropped: {
        count: number
        lastAt?: string
      }
    }
    query?: {
      /**
       * whom the question was about, for example `user:p1`
       */
      subject?: string
      /**
       * who asked: `user:…` or `key:…`
       */
      actor?: string
      action?: string
      resource?: string
      /**
       * the channel or resource as it was asked for
       */
      on?: string
      /**
       * for example `tenant:default`
       */
      tenant?: string
      verdict?: 'allow' | 'deny'
      door?: 'channel' | 'api' | 'permit' | 'authzen' | 'cli'
      /**
       * for example `never_granted`
       */
      reason?: string
      /**
       * at or after this instant
       */
      from?: string
      /**
       * at or before this instant
       */
      to?: string
      limit?: number
      after?: string
    }
  }
  exportDecisions: {
    answer: null
    query?: {
      /**
       * whom the question was about, for example `user:p1`
       */
      subject?: string
      /**
       * who asked: `user:…` or `key:…`
       */
      actor?: string
      action?: string
      resource?: string
      /**
       * the channel or resource as it was asked for
       */
      on?: string
      /**
       * for example `tenant:default`
       */
      tenant?: string
      verdict?: 'allow' | 'deny'
      door?: 'channel' | 'api' | 'permit' | 'authzen' | 'cli'
      /**
       * for example `never_granted`
       */
      reason?: string
      /**
       * at or after this instant
       */
      from?: string
      /**
       * at or before this instant
       */
      to?: string
      format?: 'jsonl' | 'csv'
    }
  }
  streamDecisions: {
    answer: null
    query?: {
      subject?: string
      resource?: string
      /**
       * only resources of this type
       */
      type?: string
    }
  }
  exportPeople: {
    answer: null
  }
  exportGrants: {
    answer: null
  }
  exportResources: {
    answer: null
  }
  exportChannel: {
    answer: null
    params: {
      /**
       * name of the channel, such as `chat:general`
       */
      name: string
    }
    query?: {
      what?: 'messages' | 'presence'
      /**
       * first published at or after this instant
       */
      since?: string
      /**
       * first published at or before this instant
       */
      until?: string
      format?: 'jsonl' | 'csv'
    }
  }
  listAudit: {
    answer: {
      items: AuditLine[]
      next?: string
    }
    query?: {
      /**
       * `user:…`, `key:…` or `server`
       */
      actor?: string
      /**
       * for example `promote`
       */
      command?: string
      /**
       * as the line says it
       */
      target?: string
      /**
       * at or after this instant
       */
      since?: string
      /**
       * at or before this instant
       */
      until?: string
      limit?: number
      after?: string
    }
  }
  verifyAudit: {
    answer: {
      intact: boolean
      lines?: number
      /**
       * of how many lines an erasure took away what they said
       */
      erased?: number
      last?: {
        number: number
        hash: string
      }
      /**
       * the first line that does not follow
       */
      number?: number
      problem?: 'changed' | 'unchained' | 'missing'
    }
  }
  exportAudit: {
    answer: null
    query?: {
      /**
       * `user:…`, `key:…` or `server`
       */
      actor?: string
      /**
       * for example `promote`
       */
      command?: string
      /**
       * as the line says it
       */
      target?: string
      /**
       * at or after this instant
       */
      since?: string
      /**
       * at or before this instant
       */
      until?: string
      format?: 'jsonl' | 'csv'
    }
  }
  readOpenApi: {
    answer: {
      openapi: string
      [k: string]: unknown | undefined
    }
  }
  readReference: {
    answer: null
  }
}
/**
 * The signed-in person, as only they are shown.
 */
export interface OwnPerson {
  id: string
  name: string
  email?: string
  /**
   * path on this server
   */
  picture?: string
  /**
   * whether their e-mail is confirmed
   */
  verified: boolean
  /**
   * what those who run the place give this person’s screens
   */
  clientData?: {
    [k: string]: unknown | undefined
  }
}
export interface Person {
  id: string
  name: string
  email?: string
  /**
   * path on this server
   */
  picture?: string
}
/**
 * One place somebody is signed in at.
 */
export interface OwnSession {
  id: string
  /**
   * the one that asks
   */
  current: boolean
  startedAt: string
  /**
   * when it was last renewed: once a day, as long as it is used
   */
  seenAt: string
  endsAt: string
  /**
   * as the browser names itself
   */
  device?: string
  address?: string
}
export interface OwnEntry {
  collection: string
  key: string
  /**
   * when it was written; the later of two is the one
   */
  atMs: number
  value: {
    [k: string]: unknown | undefined
  }
}
export interface FoundMessage {
  channel: string
  /**
   * of the channel, as it stands in the address of the chat
   */
  key: string
  title: string
  serial: string
  atMs: number
  author?: {
    id: string
    name: string
  }
  /**
   * at most 4000 characters of it
   */
  text: string
  extras?: {
    [k: string]: unknown | undefined
  }
}
export interface ErasureTerms {
  confirmBy: 'password' | 'recent-sign-in'
  /**
   * the sign-in is recent enough to stand for a password
   */
  recent: boolean
  /**
   * what becomes of messages if nothing else is said
   */
  messages: 'keep' | 'delete'
  /**
   * why it cannot be done
   */
  obstacle?: 'last-owner' | 'users-file'
}
/**
 * What was removed.
 */
export interface ErasureReceipt {
  /**
   * names the erasure in the audit log
   */
  id: string
  sessions: number
  /**
   * 0 if they are kept
   */
  messages: number
  reactions: number
  files: number
  /**
   * drafts, read marks, settings and the like
   */
  own: number
  /**
   * invitations, waiting webhooks, link previews
   */
  records: number
  presence: number
  /**
   * of the log, rewritten
   */
  entries: number
  /**
   * that no longer say who it was
   */
  auditLines: number
}
/**
 * What erasing somebody would take.
 */
export interface ErasurePreview {
  /**
   * to be typed by whoever confirms it
   */
  name: string
  /**
   * they have one and can sign in
   */
  account: boolean
  sessions: number
  /**
   * open now
   */
  connections: number
  /**
   * given to them by name, also ones that wait
   */
  roles: number
  requests: number
  /**
   * what becomes of messages if nothing else is said
   */
  messages: 'keep' | 'delete'
  /**
   * why it cannot be done
   */
  obstacle?: 'last-owner' | 'users-file' | 'oneself'
}
export interface PersonsView {
  /**
   * for the realtime connection, and as `Sayso-View` of requests
   */
  token: string
  expiresAt: string
  person: Person
  /**
   * what is looked at
   */
  channels: string[]
  /**
   * channels of theirs that you may not read, or that are too many
   */
  hidden: number
}
export interface Invitation {
  id: string
  state: 'open' | 'used' | 'revoked' | 'ended'
  email?: string
  note?: string
  roles: {
    role: string
    on: string
    notBefore?: string
    expiresAt?: string
  }[]
  by: {
    id: string
    name: string
  }
  expiresAt: string
  /**
   * to copy; only while it is open
   */
  url?: string
  /**
   * when it was last mailed
   */
  sentAt?: string
  acceptedBy?: {
    id: string
    name: string
  }
  acceptedAt?: string
  /**
   * what is left to do by hand
   */
  hint?: string
}
/**
 * A log, a policy, people, keys and an audit log of its own.
 */
export interface App {
  /**
   * the part before the dot in its keys
   */
  id: string
  name: string
  project?: string
  environment?: string
  createdAt: string
}
export interface Group {
  key: string
  title: string
  about?: string
  /**
   * key of the tenant it is in
   */
  tenant: string
  /**
   * how many people and sets are in it
   */
  members: number
  /**
   * roles its members have by it: `channel:lobby#speaker`
   */
  holds: string[]
}
/**
 * A change that holds in every open session by the time this is received.
 */
export interface Done {
  /**
   * position of the change in the order of everything
   */
  revision: number
  /**
   * the same position as a serial
   */
  serial: string
  /**
   * when; milliseconds since 1970
   */
  atMs: number
}
/**
 * A role as screens show it.
 */
export interface Role {
  role: string
  on: string
  title: string
  glyph?: string
  tone?: string
}
export interface Move {
  command: 'promote' | 'demote' | 'restrain' | 'release' | 'admit'
  /**
   * the action it takes, such as `mute`
   */
  action?: string
  allowed: boolean
  to: Role1
  /**
   * what it lets them do, or why it is refused
   */
  effect: string
  /**
   * the same as values
   */
  changes?: {
    gained: string[]
    lost: string[]
    /**
     * titles of other channels
     */
    opens: string[]
    closes: string[]
  }
}
/**
 * A role as screens show it.
 */
export interface Role1 {
  role: string
  on: string
  title: string
  glyph?: string
  tone?: string
}
export interface MadeChannel {
  /**
   * position of the change in the order of everything
   */
  revision: number
  /**
   * the same position as a serial
   */
  serial: string
  /**
   * when; milliseconds since 1970
   */
  atMs: number
  key: string
}
export interface ChannelEffect {
  /**
   * how many gain or lose something
   */
  people: number
  /**
   * how many of them are connected now
   */
  live: number
  gained: string[]
  lost: string[]
  revision: number
}
/**
 * A role as screens show it.
 */
export interface Role2 {
  role: string
  on: string
  title: string
  glyph?: string
  tone?: string
}
/**
 * A role as screens show it.
 */
export interface Role3 {
  role: string
  on: string
  title: string
  glyph?: string
  tone?: string
}
export interface WaitingRequest {
  /**
   * names it: `channel:launch user:p1`
   */
  request: string
  person: Person
  /**
   * the resource
   */
  on: string
  /**
   * its key, for admitting and declining
   */
  key: string
  title: string
  atMs: number
  note?: string
  /**
   * for how long; absent: for good
   */
  forMs?: number
  role?: Role4
  /**
   * the role holds them back and is to end
   */
  ends?: true
  gives?: Role5
}
/**
 * A role as screens show it.
 */
export interface Role4 {
  role: string
  on: string
  title: string
  glyph?: string
  tone?: string
}
/**
 * A role as screens show it.
 */
export interface Role5 {
  role: string
  on: string
  title: string
  glyph?: string
  tone?: string
}
/**
 * the message it is about, if it was asked for
 */
export interface Message {
  serial: string
  /**
   * milliseconds since 1970
   */
  timestamp: number
  /**
   * 0 created, 1 updated, 2 deleted
   */
  action: number
  clientId?: string
  data?: unknown
  encoding?: string
  extras?: {
    [k: string]: unknown | undefined
  }
  [k: string]: unknown | undefined
}
/**
 * A message as the realtime protocol writes it in JSON.
 */
export interface Message1 {
  serial: string
  /**
   * milliseconds since 1970
   */
  timestamp: number
  /**
   * 0 created, 1 updated, 2 deleted
   */
  action: number
  clientId?: string
  data?: unknown
  encoding?: string
  extras?: {
    [k: string]: unknown | undefined
  }
  [k: string]: unknown | undefined
}
/**
 * A message as the realtime protocol writes it in JSON.
 */
export interface Message2 {
  serial: string
  /**
   * milliseconds since 1970
   */
  timestamp: number
  /**
   * 0 created, 1 updated, 2 deleted
   */
  action: number
  clientId?: string
  data?: unknown
  encoding?: string
  extras?: {
    [k: string]: unknown | undefined
  }
  [k: string]: unknown | undefined
}
export interface Upload {
  id: string
  name: string
  /**
   * by its content; while it arrives, as declared
   */
  type: string
  bytes: number
  /**
   * pixels, as it is shown; of pictures
   */
  width?: number
  height?: number
  /**
   * there is a small picture at `/files/{id}/preview`
   */
  preview?: {
    width: number
    height: number
  }
  /**
   * bytes that are here
   */
  offset: number
  /**
   * the largest piece
   */
  pieceBytes: number
  /**
   * whole and looked at: a message may name it
   */
  isReady: boolean
}
export interface LinkPreview {
  id: string
  url: string
  title?: string
  description?: string
  site?: string
  image?: {
    width: number
    height: number
    id: string
  }
}
export interface ListedPerson {
  id: string
  name: string
  email?: string
  /**
   * path on this server
   */
  picture?: string
  attributes: {
    [k: string]: JsonValue | undefined
  }
  /**
   * held on the tenant
   */
  roles: Role[]
}
/**
 * any JSON value
 */
export interface JsonValue {
  [k: string]: unknown | undefined
}
export interface WholePerson {
  id: string
  name: string
  email?: string
  /**
   * path on this server
   */
  picture?: string
  attributes: {
    [k: string]: JsonValue | undefined
  }
  /**
   * held on the tenant
   */
  roles: Role[]
  /**
   * roles assigned, also ones that wait
   */
  grants: Grant[]
}
/**
 * A role somebody was given on a resource or tenant.
 */
export interface Grant {
  /**
   * the assignment as text: `channel:lobby#speaker@user:ada`
   */
  grant: string
  /**
   * a person, or a set such as `group:crew#member`
   */
  subject: string
  role: string
  on: string
  not_before?: string
  expires_at?: string
  /**
   * it has not started and gives nothing yet
   */
  pending?: true
  /**
   * who gave it; kept for timed grants and those with a reason
   */
  by?: string
  reason?: string
}
export interface PolicyRole {
  role: string
  /**
   * a resource type, or `tenant`
   */
  on: string
  title: string
  glyph?: string
  tone?: string
  extends: string[]
  /**
   * actions by resource type, those of extended roles included
   */
  gives: {
    [k: string]: string[] | undefined
  }
}
export interface Tenant {
  key: string
  title: string
  attributes: {
    [k: string]: JsonValue | undefined
  }
  /**
   * the one of the policy document; it cannot be removed
   */
  own?: true
}
export interface Resource {
  resource: string
  /**
   * the tenant it is in
   */
  tenant: string
  attributes: {
    [k: string]: JsonValue | undefined
  }
  /**
   * `channel:lobby#parent@server:one`
   */
  relations: string[]
}
export interface PolicyDifference {
  path: (string | number)[]
  kind: 'added' | 'removed' | 'changed'
  before?: unknown
  after?: unknown
  sentence: string
}
export interface PolicyProblem {
  line: number
  column: number
  path: string
  message: string
  remedy: string
}
export interface Impact {
  gained: number
  lost: number
  revision: number
  people: number
  resources: number
  byRole: {
    gained: number
    lost: number
    type?: string
    role: string
  }[]
  byResource: {
    gained: number
    lost: number
    resource: string
    people: number
  }[]
  samples: Flip[]
  live: {
    connections: number
    people: number
  }
  /**
   * if they were asked for
   */
  flips?: Flip[]
  next?: string
}
/**
 * What one subject gains and loses on one resource.
 */
export interface Flip {
  subject: string
  resource: string
  gained: string[]
  lost: string[]
}
export interface ChangePreview {
  gained: number
  lost: number
  revision: number
  people: number
  resources: number
  byRole: {
    gained: number
    lost: number
    type?: string
    role: string
  }[]
  byResource: {
    gained: number
    lost: number
    resource: string
    people: number
  }[]
  samples: Flip[]
  live: {
    connections: number
    people: number
  }
  /**
   * if they were asked for
   */
  flips?: Flip[]
  next?: string
  /**
   * how many of them change anything
   */
  changes: number
  /**
   * which do nothing: places in the list, from 0
   */
  idle: number[]
}
export interface ListedDraft {
  id: string
  title: string
  author: string
  /**
   * the version of the policy it was begun from
   */
  base: string
  updatedAt: string
}
export interface Draft {
  id: string
  title: string
  author: string
  /**
   * the version of the policy it was begun from
   */
  base: string
  updatedAt: string
  text: string
}
export interface PolicyVersion {
  id: string
  version: string
  at: string
  by?: string
  reason?: string
  inForce: boolean
}
export interface WholePolicyVersion {
  id: string
  version: string
  at: string
  by?: string
  reason?: string
  inForce: boolean
  text: string
}
/**
 * Only `message`, `remedy` and the answer itself, unless you may `explain`.
 */
export interface Explanation {
  allowed: boolean
  revision: number
  /**
   * rules over single messages are left open
   */
  conditional?: true
  /**
   * when time alone may change the answer
   */
  flipsAtMs?: number
  /**
   * in one sentence
   */
  message: string
  remedy?: string
  verdict?:
    'granted' | 'forbidden' | 'requirement' | 'message_invalid' | 'never_granted' | 'unknown'
  lines?: string[]
  path?: unknown[]
  facts?: string[]
  statements?: string[]
  nearest?: {
    words: string
    [k: string]: unknown | undefined
  }[]
}
export interface Key {
  id: string
  /**
   * `app.key`, public: what tokens name as `kid`
   */
  keyName: string
  name: string
  /**
   * what it may do itself, by channel pattern
   */
  capability: {
    /**
     * @maxItems 64
     */
    [k: string]: string[] | undefined
  }
  /**
   * the one list, where all patterns have the same
   *
   * @maxItems 64
   */
  permissions?: string[]
  /**
   * then: where; empty: in every channel
   *
   * @maxItems 64
   */
  patterns?: string[]
  mayDelegate:
    | ('own' | 'everything')
    | {
        /**
         * @maxItems 64
         */
        [k: string]: string[] | undefined
      }
  /**
   * @maxItems 64
   */
  scopes: string[]
  /**
   * absent: of the whole app
   */
  tenant?: string
  match: 'union' | 'most_specific'
  revocableTokens: boolean
  createdAt: string
  /**
   * absent: anywhere
   *
   * @maxItems 64
   */
  allowedAddresses?: string[]
  expiresAt?: string
  /**
   * an older secret holds until then
   */
  previousSecretUntil?: string
  /**
   * absent: never
   */
  lastUsedAt?: string
  level?: 'organization' | 'project'
  project?: string
}
/**
 * A key with its secret, shown this once.
 */
export interface KeyWithSecret {
  id: string
  /**
   * `app.key`, public: what tokens name as `kid`
   */
  keyName: string
  name: string
  /**
   * what it may do itself, by channel pattern
   */
  capability: {
    /**
     * @maxItems 64
     */
    [k: string]: string[] | undefined
  }
  /**
   * the one list, where all patterns have the same
   *
   * @maxItems 64
   */
  permissions?: string[]
  /**
   * then: where; empty: in every channel
   *
   * @maxItems 64
   */
  patterns?: string[]
  mayDelegate:
    | ('own' | 'everything')
    | {
        /**
         * @maxItems 64
         */
        [k: string]: string[] | undefined
      }
  /**
   * @maxItems 64
   */
  scopes: string[]
  /**
   * absent: of the whole app
   */
  tenant?: string
  match: 'union' | 'most_specific'
  revocableTokens: boolean
  createdAt: string
  /**
   * absent: anywhere
   *
   * @maxItems 64
   */
  allowedAddresses?: string[]
  expiresAt?: string
  /**
   * an older secret holds until then
   */
  previousSecretUntil?: string
  /**
   * absent: never
   */
  lastUsedAt?: string
  level?: 'organization' | 'project'
  project?: string
  /**
   * `app.key:secret`; nobody can read it again
   */
  key: string
}
export interface TokenInspection {
  valid: boolean
  /**
   * why it does not hold
   */
  why?: {
    /**
     * what a client is told that shows it
     */
    code: number
    name: string
    message: string
    remedy: string
  }
  /**
   * only of a token whose signature holds, also of one that has expired
   */
  bearer?: {
    /**
     * absent: nobody by name
     */
    clientId?: string
    mayBeAnyone: boolean
    key: {
      id: string
      keyName: string
      name: string
    }
    signedWith: 'present secret' | 'previous secret'
    issuedAt: string
    expiresAt: string
    /**
     * its `jti`: by it the one token can be taken back
     */
    id?: string
    /**
     * the only addresses and networks it may be shown from
     */
    addresses?: string[]
    /**
     * what it holds by its own word; absent: what its key may
     */
    says?: {
      [k: string]: string[] | undefined
    }
    /**
     * what key and token leave open, before the policy
     */
    may?: {
      [k: string]: string[] | undefined
    }
    channels: {
      channel: string
      /**
       * what its bearer may do there now
       */
      actions: string[]
      /**
       * the resource whose policy decides too
       */
      resource?: string
    }[]
  }
}
export interface Connection {
  id: string
  /**
   * absent: nobody, or a key
   */
  subject?: string
  /**
   * the key it came by, or that signed its token
   */
  key: string
  clientId?: string
  /**
   * what the person is called
   */
  name?: string
  /**
   * what its client says it is
   */
  agent?: string
  address?: string
  openedAt: string
  state: 'open' | 'suspended' | 'closed'
  channels: {
    channel: string
    modes: string[]
    taken?: string[]
  }[]
  /**
   * the views of rights it watches
   */
  views: string[]
  /**
   * up to here it has been told of rights
   */
  revision: number
  queuedBytes: number
}
export interface Ok {
  ok: true
}
export interface Webhook {
  id: string
  url: string
  events: (
    | 'rights.changed'
    | 'member.joined'
    | 'person.registered'
    | 'request.opened'
    | 'message.published'
    | 'message.deleted'
    | 'message.flagged'
  )[]
  about: string
  enabled: boolean
  disabledWhy?: string
  createdAt: string
  /**
   * in a row
   */
  failures: number
  /**
   * when it is tried again
   */
  nextAt?: string
}
export interface NewWebhook {
  id: string
  url: string
  events: (
    | 'rights.changed'
    | 'member.joined'
    | 'person.registered'
    | 'request.opened'
    | 'message.published'
    | 'message.deleted'
    | 'message.flagged'
  )[]
  about: string
  enabled: boolean
  disabledWhy?: string
  createdAt: string
  /**
   * in a row
   */
  failures: number
  /**
   * when it is tried again
   */
  nextAt?: string
  secret: string
}
export interface Delivery {
  id: string
  event: string
  ok: boolean
  attempt: number
  at: string
  tookMs: number
  status?: number
  /**
   * the first 1 KiB
   */
  answer?: string
  error?: string
  /**
   * what was sent
   */
  body: string
}
export interface LoggedDecision {
  /**
   * `GET /explanations/{id}` explains it
   */
  id: string
  at: string
  door: 'channel' | 'api' | 'permit' | 'authzen' | 'cli'
  /**
   * who asked: `user:…` or `key:…`
   */
  actor: string
  /**
   * id of the key that was shown, or that signed the token
   */
  key?: string
  /**
   * whom it was about; absent: a key itself
   */
  subject?: string
  action: string
  /**
   * the channel or resource as it was asked for
   */
  on: string
  resource?: string
  tenant?: string
  verdict: 'allow' | 'deny'
  /**
   * `list`: a question for a list; `found` says how long it was
   */
  reason: string
  /**
   * the grant, rule or layer that decided
   */
  by?: string
  /**
   * version of the policy
   */
  policy: string
  /**
   * of rights
   */
  revision: number
  found?: number
}
export interface AuditLine {
  number: number
  /**
   * of the log after the change
   */
  revision: number
  atMs: number
  command: string
  actor: string
  target: string
  reason?: string
  details?: {
    [k: string]: unknown | undefined
  }
  before?: unknown
  after?: unknown
  address?: string
  /**
   * the erasure that took somebody out of this line
   */
  erased?: string
  effect?: {
    /**
     * different people who gained or lost something
     */
    people: number
    /**
     * one action of one person on one resource each
     */
    gained: number
    lost: number
    /**
     * what exactly, if it is little
     */
    flips?: unknown[]
    /**
     * there was too much to count: at least so much
     */
    isPartial?: boolean
  }
  previousHash: string
  /**
   * SHA-256 over `previousHash` and the canonical JSON of the line without `hash`
   */
  hash: string
}
