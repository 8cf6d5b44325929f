"""Opens sessions and waits for verdicts: what chapters have beside their endpoints."""

from __future__ import annotations

from qiancheng._parameters import by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from typing import Any, Literal

    from qiancheng._client import AsyncClient, Client
    from qiancheng._session import AsyncSession, OnChallenge, OnChallengeAsync, OnProgress, Session
    from qiancheng.answers import RiskVerdictAnswer
    from qiancheng.params import DegreeOptions, EbankUserInfo, TelecomOptions


class TelecomSessions:
    """Sessions of the chapter `telecom`."""

    __slots__ = ()

    _client: Client

    @by_name
    def open(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        service_password: str | None = None,
        options: TelecomOptions | Mapping[str, Any] | None = None,
    ) -> Session:
        """Open a session (§3.1.1).

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number whose data is collected.
        :param service_password: The carrier's service password; without it, the first challenge asks for it.
        :param options: More about the borrower.
        """
        from qiancheng._session import Session

        return _open(
            Session,
            self._client,
            "telecom",
            {
                "name": name,
                "id_card": id_card,
                "mobile": mobile,
                "service_password": service_password,
                "options": options,
            },
        )

    @by_name
    def collect(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        service_password: str | None = None,
        options: TelecomOptions | Mapping[str, Any] | None = None,
        on_challenge: OnChallenge | None = None,
        on_progress: OnProgress | None = None,
    ) -> Session:
        """Open a session and lead it to its end; see :meth:`open` and :meth:`Session.collect`.

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number whose data is collected.
        :param service_password: The carrier's service password; without it, the first challenge asks for it.
        :param options: More about the borrower.
        :param on_challenge: takes a challenge and gives its answer; by default whoever sits at the terminal is asked.
        :param on_progress: sees every step.
        """
        session = self.open(
            name=name,
            id_card=id_card,
            mobile=mobile,
            service_password=service_password,
            options=options,
        )
        return session.collect(on_challenge, on_progress)


class DegreeSessions:
    """Sessions of the chapter `degree`."""

    __slots__ = ()

    _client: Client

    @by_name
    def open(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        account: str | None = None,
        password: str | None = None,
        sync: Literal[0, 1] | None = None,
        options: DegreeOptions | Mapping[str, Any] | None = None,
    ) -> Session:
        """Open a session, and log in to it if there is an account; else :meth:`Session.login` comes next (§4.1.1).

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param account: The borrower's 学信网 account.
        :param password: Its password.
        :param sync: 0: the login answers when the collection has ended; 1, the default: at once.
        :param options: More about the borrower.
        """
        from qiancheng._session import Session

        return _open(
            Session,
            self._client,
            "degree",
            {
                "name": name,
                "id_card": id_card,
                "mobile": mobile,
                "account": account,
                "password": password,
                "sync": sync,
                "options": options,
            },
        )

    @by_name
    def collect(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        account: str | None = None,
        password: str | None = None,
        sync: Literal[0, 1] | None = None,
        options: DegreeOptions | Mapping[str, Any] | None = None,
        on_challenge: OnChallenge | None = None,
        on_progress: OnProgress | None = None,
    ) -> Session:
        """Open a session and lead it to its end; see :meth:`open` and :meth:`Session.collect`.

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param account: The borrower's 学信网 account.
        :param password: Its password.
        :param sync: 0: the login answers when the collection has ended; 1, the default: at once.
        :param options: More about the borrower.
        :param on_challenge: takes a challenge and gives its answer; by default whoever sits at the terminal is asked.
        :param on_progress: sees every step.
        """
        session = self.open(
            name=name,
            id_card=id_card,
            mobile=mobile,
            account=account,
            password=password,
            sync=sync,
            options=options,
        )
        return session.collect(on_challenge, on_progress)


class EbankSessions:
    """Sessions of the chapter `ebank`."""

    __slots__ = ()

    _client: Client

    @by_name
    def open(
        self,
        *,
        entry_id: str,
        login_name: str,
        name: str,
        id_card: str,
        mobile: str,
        password: str | None = None,
        user_info: EbankUserInfo | Mapping[str, Any] | None = None,
    ) -> Session:
        """Hand in the borrower's consent, and open a session with the login (§5.1.2, §5.1.3).

        :param entry_id: The way to log in, from ``bank_info()``.
        :param login_name: Login name, as the way to log in wants it.
        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param password: Password; some banks need none.
        :param user_info: The borrower's device and place.
        """
        from qiancheng._session import Session

        return _open(
            Session,
            self._client,
            "ebank",
            {
                "entry_id": entry_id,
                "login_name": login_name,
                "name": name,
                "id_card": id_card,
                "mobile": mobile,
                "password": password,
                "user_info": user_info,
            },
        )

    @by_name
    def collect(
        self,
        *,
        entry_id: str,
        login_name: str,
        name: str,
        id_card: str,
        mobile: str,
        password: str | None = None,
        user_info: EbankUserInfo | Mapping[str, Any] | None = None,
        on_challenge: OnChallenge | None = None,
        on_progress: OnProgress | None = None,
    ) -> Session:
        """Open a session and lead it to its end; see :meth:`open` and :meth:`Session.collect`.

        :param entry_id: The way to log in, from ``bank_info()``.
        :param login_name: Login name, as the way to log in wants it.
        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param password: Password; some banks need none.
        :param user_info: The borrower's device and place.
        :param on_challenge: takes a challenge and gives its answer; by default whoever sits at the terminal is asked.
        :param on_progress: sees every step.
        """
        session = self.open(
            entry_id=entry_id,
            login_name=login_name,
            name=name,
            id_card=id_card,
            mobile=mobile,
            password=password,
            user_info=user_info,
        )
        return session.collect(on_challenge, on_progress)


class EbankV2Sessions:
    """Sessions of the chapter `ebank_v2`."""

    __slots__ = ()

    _client: Client

    @by_name
    def open(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        entry_id: str | None = None,
        login_name: str | None = None,
        password: str | None = None,
    ) -> Session:
        """Open a session, and log in to it if there is a login; else :meth:`Session.banks` and :meth:`Session.login` come next (§6.1.1).

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param entry_id: The way to log in, from :meth:`Session.banks`.
        :param login_name: ID number, card number, login name or mobile number, as the way to log in wants it.
        :param password: Password; some banks need none.
        """
        from qiancheng._session import Session

        return _open(
            Session,
            self._client,
            "ebank_v2",
            {
                "name": name,
                "id_card": id_card,
                "mobile": mobile,
                "entry_id": entry_id,
                "login_name": login_name,
                "password": password,
            },
        )

    @by_name
    def collect(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        entry_id: str | None = None,
        login_name: str | None = None,
        password: str | None = None,
        on_challenge: OnChallenge | None = None,
        on_progress: OnProgress | None = None,
    ) -> Session:
        """Open a session and lead it to its end; see :meth:`open` and :meth:`Session.collect`.

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param entry_id: The way to log in, from :meth:`Session.banks`.
        :param login_name: ID number, card number, login name or mobile number, as the way to log in wants it.
        :param password: Password; some banks need none.
        :param on_challenge: takes a challenge and gives its answer; by default whoever sits at the terminal is asked.
        :param on_progress: sees every step.
        """
        session = self.open(
            name=name,
            id_card=id_card,
            mobile=mobile,
            entry_id=entry_id,
            login_name=login_name,
            password=password,
        )
        return session.collect(on_challenge, on_progress)


class AuditWaits:
    """Waits for the verdicts of audits."""

    __slots__ = ()

    _client: Client

    def wait(self, open_id: str, timeout: float | datetime.timedelta = 600) -> RiskVerdictAnswer:
        """Poll until there is a verdict on an audit (§7.2).

        When the time is up, the error is a :class:`RequestTimeoutError` that may be retried: the audit goes on.

        :param open_id: what `audit` gave.
        :param timeout: longest time to wait, in seconds.
        """
        from qiancheng.answers import RiskVerdictAnswer

        return RiskVerdictAnswer(self._client._native.wait_for_verdict(open_id, timeout))


class AsyncTelecomSessions:
    """Sessions of the chapter `telecom`."""

    __slots__ = ()

    _client: AsyncClient

    @by_name
    async def open(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        service_password: str | None = None,
        options: TelecomOptions | Mapping[str, Any] | None = None,
    ) -> AsyncSession:
        """Open a session (§3.1.1).

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number whose data is collected.
        :param service_password: The carrier's service password; without it, the first challenge asks for it.
        :param options: More about the borrower.
        """
        from qiancheng._session import AsyncSession

        return await _open_async(
            AsyncSession,
            self._client,
            "telecom",
            {
                "name": name,
                "id_card": id_card,
                "mobile": mobile,
                "service_password": service_password,
                "options": options,
            },
        )

    @by_name
    async def collect(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        service_password: str | None = None,
        options: TelecomOptions | Mapping[str, Any] | None = None,
        on_challenge: OnChallengeAsync | None = None,
        on_progress: OnProgress | None = None,
    ) -> AsyncSession:
        """Open a session and lead it to its end; see :meth:`open` and :meth:`AsyncSession.collect`.

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number whose data is collected.
        :param service_password: The carrier's service password; without it, the first challenge asks for it.
        :param options: More about the borrower.
        :param on_challenge: takes a challenge and gives its answer; by default whoever sits at the terminal is asked.
        :param on_progress: sees every step.
        """
        session = await self.open(
            name=name,
            id_card=id_card,
            mobile=mobile,
            service_password=service_password,
            options=options,
        )
        return await session.collect(on_challenge, on_progress)


class AsyncDegreeSessions:
    """Sessions of the chapter `degree`."""

    __slots__ = ()

    _client: AsyncClient

    @by_name
    async def open(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        account: str | None = None,
        password: str | None = None,
        sync: Literal[0, 1] | None = None,
        options: DegreeOptions | Mapping[str, Any] | None = None,
    ) -> AsyncSession:
        """Open a session, and log in to it if there is an account; else :meth:`AsyncSession.login` comes next (§4.1.1).

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param account: The borrower's 学信网 account.
        :param password: Its password.
        :param sync: 0: the login answers when the collection has ended; 1, the default: at once.
        :param options: More about the borrower.
        """
        from qiancheng._session import AsyncSession

        return await _open_async(
            AsyncSession,
            self._client,
            "degree",
            {
                "name": name,
                "id_card": id_card,
                "mobile": mobile,
                "account": account,
                "password": password,
                "sync": sync,
                "options": options,
            },
        )

    @by_name
    async def collect(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        account: str | None = None,
        password: str | None = None,
        sync: Literal[0, 1] | None = None,
        options: DegreeOptions | Mapping[str, Any] | None = None,
        on_challenge: OnChallengeAsync | None = None,
        on_progress: OnProgress | None = None,
    ) -> AsyncSession:
        """Open a session and lead it to its end; see :meth:`open` and :meth:`AsyncSession.collect`.

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param account: The borrower's 学信网 account.
        :param password: Its password.
        :param sync: 0: the login answers when the collection has ended; 1, the default: at once.
        :param options: More about the borrower.
        :param on_challenge: takes a challenge and gives its answer; by default whoever sits at the terminal is asked.
        :param on_progress: sees every step.
        """
        session = await self.open(
            name=name,
            id_card=id_card,
            mobile=mobile,
            account=account,
            password=password,
            sync=sync,
            options=options,
        )
        return await session.collect(on_challenge, on_progress)


class AsyncEbankSessions:
    """Sessions of the chapter `ebank`."""

    __slots__ = ()

    _client: AsyncClient

    @by_name
    async def open(
        self,
        *,
        entry_id: str,
        login_name: str,
        name: str,
        id_card: str,
        mobile: str,
        password: str | None = None,
        user_info: EbankUserInfo | Mapping[str, Any] | None = None,
    ) -> AsyncSession:
        """Hand in the borrower's consent, and open a session with the login (§5.1.2, §5.1.3).

        :param entry_id: The way to log in, from ``bank_info()``.
        :param login_name: Login name, as the way to log in wants it.
        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param password: Password; some banks need none.
        :param user_info: The borrower's device and place.
        """
        from qiancheng._session import AsyncSession

        return await _open_async(
            AsyncSession,
            self._client,
            "ebank",
            {
                "entry_id": entry_id,
                "login_name": login_name,
                "name": name,
                "id_card": id_card,
                "mobile": mobile,
                "password": password,
                "user_info": user_info,
            },
        )

    @by_name
    async def collect(
        self,
        *,
        entry_id: str,
        login_name: str,
        name: str,
        id_card: str,
        mobile: str,
        password: str | None = None,
        user_info: EbankUserInfo | Mapping[str, Any] | None = None,
        on_challenge: OnChallengeAsync | None = None,
        on_progress: OnProgress | None = None,
    ) -> AsyncSession:
        """Open a session and lead it to its end; see :meth:`open` and :meth:`AsyncSession.collect`.

        :param entry_id: The way to log in, from ``bank_info()``.
        :param login_name: Login name, as the way to log in wants it.
        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param password: Password; some banks need none.
        :param user_info: The borrower's device and place.
        :param on_challenge: takes a challenge and gives its answer; by default whoever sits at the terminal is asked.
        :param on_progress: sees every step.
        """
        session = await self.open(
            entry_id=entry_id,
            login_name=login_name,
            name=name,
            id_card=id_card,
            mobile=mobile,
            password=password,
            user_info=user_info,
        )
        return await session.collect(on_challenge, on_progress)


class AsyncEbankV2Sessions:
    """Sessions of the chapter `ebank_v2`."""

    __slots__ = ()

    _client: AsyncClient

    @by_name
    async def open(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        entry_id: str | None = None,
        login_name: str | None = None,
        password: str | None = None,
    ) -> AsyncSession:
        """Open a session, and log in to it if there is a login; else :meth:`AsyncSession.banks` and :meth:`AsyncSession.login` come next (§6.1.1).

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param entry_id: The way to log in, from :meth:`Session.banks`.
        :param login_name: ID number, card number, login name or mobile number, as the way to log in wants it.
        :param password: Password; some banks need none.
        """
        from qiancheng._session import AsyncSession

        return await _open_async(
            AsyncSession,
            self._client,
            "ebank_v2",
            {
                "name": name,
                "id_card": id_card,
                "mobile": mobile,
                "entry_id": entry_id,
                "login_name": login_name,
                "password": password,
            },
        )

    @by_name
    async def collect(
        self,
        *,
        name: str,
        id_card: str,
        mobile: str,
        entry_id: str | None = None,
        login_name: str | None = None,
        password: str | None = None,
        on_challenge: OnChallengeAsync | None = None,
        on_progress: OnProgress | None = None,
    ) -> AsyncSession:
        """Open a session and lead it to its end; see :meth:`open` and :meth:`AsyncSession.collect`.

        :param name: Name as on the ID card.
        :param id_card: ID number, 18 or 15 characters.
        :param mobile: Mobile number.
        :param entry_id: The way to log in, from :meth:`Session.banks`.
        :param login_name: ID number, card number, login name or mobile number, as the way to log in wants it.
        :param password: Password; some banks need none.
        :param on_challenge: takes a challenge and gives its answer; by default whoever sits at the terminal is asked.
        :param on_progress: sees every step.
        """
        session = await self.open(
            name=name,
            id_card=id_card,
            mobile=mobile,
            entry_id=entry_id,
            login_name=login_name,
            password=password,
        )
        return await session.collect(on_challenge, on_progress)


class AsyncAuditWaits:
    """Waits for the verdicts of audits."""

    __slots__ = ()

    _client: AsyncClient

    async def wait(self, open_id: str, timeout: float | datetime.timedelta = 600) -> RiskVerdictAnswer:
        """Poll until there is a verdict on an audit (§7.2).

        When the time is up, the error is a :class:`RequestTimeoutError` that may be retried: the audit goes on.

        :param open_id: what `audit` gave.
        :param timeout: longest time to wait, in seconds.
        """
        from qiancheng._loop import on_loop
        from qiancheng.answers import RiskVerdictAnswer

        return RiskVerdictAnswer(await on_loop(self._client._native.wait_for_verdict_async, open_id, timeout))


def _open(make: type[Session], client: Client, kind: str, params: dict[str, Any]) -> Session:
    return make(client, client._native.open(kind, params))


async def _open_async(
    make: type[AsyncSession], client: AsyncClient, kind: str, params: dict[str, Any]
) -> AsyncSession:
    from qiancheng._loop import on_loop

    return make(client, await on_loop(client._native.open_async, kind, params))
