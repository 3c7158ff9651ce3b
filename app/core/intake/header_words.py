"""By which words do files head the columns of a roster and of names? In the languages of the groups that bring them.

Words are compared by their letters and digits alone: `E-Mail`, `e_mail` and `EMAIL:` are one word.
"""

from collections.abc import Mapping
from enum import StrEnum

from app.core.sheets.spelling import letters_only


class Heading(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    GROUP = "group"
    TRADE = "trade"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    FIRM = "firm"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    STATUS = "status"
    JOINED = "joined"
    RENEWS = "renews"
    SPONSOR = "sponsor"


_WORDS: Mapping[Heading, str] = {
    Heading.NUMBER: "S no, No, Nr, Number, Lfd. Nr., Nummer, Numéro, N°, Número, 序号, 序號",
    Heading.GROUP: (
        "Chapter Name, Chapter, Group, Group Name, Gruppe, Gruppenname, Groupe, Grupo, 分会, 分會, 分会名称, 分會名稱"
    ),
    Heading.TRADE: (
        "Profession, Trade, Occupation, Category, Industry, Classification, Specialty, Speciality, Seat, Beruf, "
        "Branche, Fachgebiet, Gewerbe, Métier, Activité, Profesión, Oficio, Especialidad, Rubro, Profissão, Ramo, "
        "Atividade, Especialidade, 专业, 專業, 行业, 行業, 职业, 職業, 专业类别, 專業類別"
    ),
    Heading.GIVEN_NAME: (
        "First Name, First, Given Name, Given Names, Forename, Vorname, Prénom, Nombre de pila, Primeiro nome, "
        "Nome próprio, 名字, 名"
    ),
    Heading.FAMILY_NAME: (
        "Last Name, Last, Surname, Family Name, Nachname, Familienname, Zuname, Nom de famille, Apellido, Apellidos, "
        "Sobrenome, Apelido, 姓氏, 姓, 성"
    ),
    Heading.FULL_NAME: (
        "Name, Full Name, Member, Member Name, Members, Mitglied, Mitglieder, Nom, Nom complet, Nom et prénom, "
        "Membre, Membres, Nombre, Nombre completo, Nombre y apellidos, Miembro, Miembros, Socio, Nome, "
        "Nome completo, Membro, Membros, 姓名, 会员, 會員, 会员姓名, 會員姓名, 氏名, 성명, 이름"
    ),
    Heading.FIRM: (
        "Company, Company Name, Firm, Business, Business Name, Organisation, Organization, Employer, Firma, "
        "Unternehmen, Betrieb, Entreprise, Société, Empresa, Compañía, Negocio, Companhia, 公司, 公司名称, 公司名稱, "
        "企业, 企業, 会社, 회사"
    ),
    Heading.PHONE: (
        "Phone, Phone Number, Telephone, Tel, Business Phone, Work Phone, Office Phone, Telefon, Telefonnummer, "
        "Téléphone, Teléfono, Telefone, 电话, 電話, 电话号码, 電話號碼, 전화"
    ),
    Heading.MOBILE: (
        "Cell Number, Cell, Cell Phone, Mobile, Mobile Phone, Mobile Number, Handy, Handynummer, Mobil, "
        "Mobiltelefon, Portable, Móvil, Celular, Telemóvel, 手机, 手機, 手机号码, 手機號碼, 行動電話, 휴대폰"
    ),
    Heading.EMAIL: (
        "Email, E-mail, Mail, Email Address, E-Mail-Adresse, Mailadresse, Courriel, Adresse e-mail, Adresse mail, "
        "Correo, Correo electrónico, Endereço de email, Correio eletrónico, 电子邮件, 電子郵件, 邮箱, 郵箱, 电邮, 電郵, "
        "メール, 이메일"
    ),
    Heading.STATUS: "Status, Membership Status, Mitgliedsstatus, Statut, Estado, Situação, 状态, 狀態",
    Heading.JOINED: (
        "Join Date, Joined, Date Joined, Joined On, Member Since, Start Date, Beitritt, Beitrittsdatum, Eintritt, "
        "Eintrittsdatum, Mitglied seit, Adhésion, Date d'adhésion, Membre depuis, Fecha de ingreso, Fecha de alta, "
        "Miembro desde, Data de adesão, Data de entrada, Membro desde, 加入日期, 入会日期, 入會日期"
    ),
    Heading.RENEWS: (
        "Renewal Date, Renewal, Renews, Due Date, Expiry Date, Expires, Verlängerung, Verlängerungsdatum, "
        "Renouvellement, Date de renouvellement, Renovación, Fecha de renovación, Renovação, Data de renovação, "
        "续会日期, 續會日期, 到期日, 更新日期"
    ),
    Heading.SPONSOR: (
        "Sponsor, Sponsored By, Pate, Empfohlen von, Parrain, Padrino, Patrocinador, Padrinho, 引荐人, 引薦人, "
        "介绍人, 介紹人, 推荐人, 推薦人"
    ),
}

_HEADINGS: Mapping[str, Heading] = {
    letters_only(word): heading for heading, words in _WORDS.items() for word in words.split(", ")
}


def heading_of(text: str) -> Heading | None:
    """Return what a column with this word above it holds, or nothing where the word is not known."""
    return _HEADINGS.get(letters_only(text))
